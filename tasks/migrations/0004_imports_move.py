"""Imports become general and move to a room of their own, with the rows there are: first here, under their new names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_register_imports")]

    operations = [
        migrations.RemoveConstraint(model_name="importedrow", name="imported_row_once"),
        migrations.RemoveConstraint(model_name="registerimport", name="register_import_taken_back_whole"),
        migrations.RemoveConstraint(model_name="registerimport", name="register_import_applied_whole"),
        migrations.RemoveIndex(model_name="registerimport", name="register_import_newest"),
        migrations.RenameField(model_name="importedrow", old_name="register_import", new_name="upload"),
        migrations.RenameField(model_name="importworkbook", old_name="register_import", new_name="upload"),
        migrations.AlterField(model_name="importedrow", name="kind", field=models.CharField(max_length=20)),
        migrations.AddField(
            model_name="registerimport",
            name="kind",
            field=models.CharField(default="register", max_length=20, verbose_name="kind"),
            preserve_default=False,
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name="registerimport", table="imports_import"),
                migrations.AlterModelTable(name="importworkbook", table="imports_importworkbook"),
                migrations.AlterModelTable(name="importedrow", table="imports_importedrow"),
            ],
            state_operations=[
                migrations.DeleteModel(name="ImportedRow"),
                migrations.DeleteModel(name="ImportWorkbook"),
                migrations.DeleteModel(name="RegisterImport"),
            ],
        ),
    ]
