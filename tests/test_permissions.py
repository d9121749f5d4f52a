"""One table: who gets which answer at which address. An address, a method or a move that is not in it fails.

302 is the way on after something was done, or to the sign-in page; 404 is for what a person may not see, 403 for what
they see and may not do, 401 for a program that did not say who it is, 405 for what nobody does there.
"""

import datetime
import itertools
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from rest_framework.test import APIClient

from projects import workflow as projects
from projects.models import ExpectedUpdate, Sector
from qdtrade.accounts import actions as accounts
from qdtrade.accounts.actions import service_user
from qdtrade.accounts.care import ACTS
from qdtrade.accounts.models import Bureau
from qdtrade.archive import actions as archive
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Event
from qdtrade.breakthroughs import contents
from qdtrade.breakthroughs import workflow as breakthroughs
from qdtrade.breakthroughs.actions import drafts
from qdtrade.home.reviews import KINDS as KINDS_AT_THE_DESK
from qdtrade.imports import background
from qdtrade.imports import workflow as import_workflow
from qdtrade.imports.actions import uploads
from qdtrade.imports.kinds import KINDS
from qdtrade.imports.models import Import
from qdtrade.indicators import workflow as indicators
from qdtrade.lights.actions import override
from qdtrade.lights.models import LightRule
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.actions import appoint_deputy, edit_programme, save_view
from qdtrade.programmes.models import Programme
from qdtrade.programmes.views import saved
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import milestones
from tasks.actions.parts import keep_files
from tasks.models import ExpectedPart, PartFile
from tasks.views.extensions import ACTS as ACTS_ON_MILESTONES
from tests import breakings, factories, indicating, signings
from tests.answers import key_of, leave, with_key
from tests.projects import importing as project_files
from tests.qdtrade.evidence import made
from tests.qdtrade.indicators import importing as reading_files
from tests.replay import replayed
from tests.tasks import importing, sheets
from tests.watch import nothing_unrecorded

PEOPLE = [
    "anonymous",
    "staff",
    "head",
    "neighbour",
    "manager",
    "manager2",
    "auditor",
    "admin",
    "stranger",
    "root",
]
TABLE = """
method address                           on        anon  staff head  neigh manag mana2 audit admin stran root
GET    sign_in                           -         200   302   302   302   302   302   302   302   302   302
POST   sign_in                           -         400   302   302   302   302   302   302   302   302   302
POST   sign_out                          -         302   302   302   302   302   302   302   302   302   302
GET    lost_password                     -         200   200   200   200   200   200   200   200   200   200
POST   lost_password                     -         200   200   200   200   200   200   200   200   200   200
GET    link                              link      200   200   200   200   200   200   200   200   200   200
POST   link                              link      302   302   302   302   302   302   302   302   302   302
GET    profile                           -         302   200   200   200   200   200   200   200   200   200
POST   profile                           -         302   302   302   302   302   302   302   302   302   302
GET    password                          -         302   200   200   200   200   200   200   200   200   200
POST   password                          -         302   302   302   302   302   302   302   302   302   302
POST   sessions_end                      -         302   302   302   302   302   302   302   302   302   302
GET    people                            -         302   403   403   403   403   403   403   200   403   200
GET    person                            colleague 302   403   403   403   403   403   403   200   403   200
POST   person_act:link                   colleague 302   403   403   403   403   403   403   200   403   200
POST   person_act:mail_link              reachable 302  403   403   403   403   403   403   302   403   302
POST   person_act:unlock                 locked    302   403   403   403   403   403   403   302   403   302
POST   person_act:sign_out               colleague 302   403   403   403   403   403   403   302   403   302
POST   person_act:close                  colleague 302   403   403   403   403   403   403   302   403   302
POST   person_act:open                   closed    302   403   403   403   403   403   403   302   403   302
POST   set_language                      -         302   302   302   302   302   302   302   302   302   302
GET    my_work                           -         302   200   200   200   200   200   200   200   200   200
POST   programme_switch                  -         302   302   302   302   302   302   302   302   404   404
GET    notices                           -         302   200   200   200   200   200   200   200   200   200
POST   notices                           -         302   302   302   302   302   302   302   302   302   302
GET    help                              -         302   200   200   200   200   200   200   200   200   200
GET    search                            -         302   200   200   200   200   200   200   200   404   404
GET    desk                              -         302   403   403   403   200   200   403   403   404   404
GET    desk_report                       submitted 302   403   403   404   200   200   403   403   404   404
POST   desk_report                       submitted 302   403   403   404   302   302   403   403   404   404
GET    desk_item:completion              claimed   302   403   403   404   200   200   403   403   404   404
POST   desk_item:completion              claimed   302   403   403   404   302   302   403   403   404   404
GET    desk_item:extension               signed    302   403   403   404   200   200   403   403   404   404
POST   desk_item:extension               signed    302   403   403   404   302   302   403   403   404   404
GET    desk_together                     -         302   403   403   403   200   200   403   403   404   404
POST   desk_together                     -         302   403   403   403   302   302   403   403   404   404
GET    who_is_missing                    period    302   302   302   302   302   302   302   302   404   404
GET    chase                             -         302   200   200   200   200   200   200   200   404   404
GET    chase_export                      -         302   200   200   200   200   200   200   200   404   404
POST   chase_remind                      -         302   403   403   403   302   302   403   403   404   404
GET    chase_text                        -         302   403   403   403   200   200   403   403   404   404
POST   chase_text                        -         302   403   403   403   302   302   403   403   404   404
GET    figures:tasks                     -         302   200   200   200   200   200   200   200   404   404
GET    records                           -         302   403   403   403   200   200   200   200   404   404
GET    records_proof                     -         302   403   403   403   302   302   302   302   404   404
POST   records_check                     -         302   403   403   403   302   302   302   302   404   404
GET    package_list                      -         302   403   403   403   200   200   200   200   404   404
POST   package_list                      -         302   403   403   403   302   302   302   302   404   404
GET    package_file                      packed    302   404   404   404   200   200   200   200   404   404
GET    checkpoint_list                   -         302   403   403   403   200   200   200   200   404   404
GET    checkpoint                        sealed    302   403   403   403   200   200   200   200   404   404
GET    bulletin                          -         302   403   403   403   200   200   200   200   404   404
GET    bulletin_period                   period    302   403   403   403   200   200   200   200   404   404
GET    bulletin_print                    period    302   403   403   403   200   200   200   200   404   404
GET    bulletin_word                     period    302   403   403   403   200   200   200   200   404   404
POST   bulletin_restate                  differing 302   403   403   403   302   302   403   403   404   404
GET    records_compare                   -         302   403   403   403   200   200   200   200   404   404
GET    records_compare_export            -         302   403   403   403   200   200   200   200   404   404
GET    records_export                    -         302   200   200   200   200   200   200   200   404   404
GET    task_list                         -         302   200   200   200   200   200   200   200   404   404
GET    tasks_export                      -         302   200   200   200   200   200   200   200   404   404
GET    task_imports                      -         302   403   403   403   200   200   200   200   404   404
POST   task_imports                      -         302   403   403   403   302   302   403   302   404   404
GET    task_import                       dry_run   302   404   404   404   200   200   200   200   404   404
GET    task_import_workbook              dry_run   302   404   404   404   200   200   200   200   404   404
GET    task_import_file                  dry_run   302   404   404   404   200   200   200   200   404   404
POST   task_import_move:read_again       dry_run   302   404   404   404   302   403   403   403   404   404
POST   task_import_move:apply            dry_run   302   404   404   404   302   403   403   403   404   404
POST   task_import_move:drop             dry_run   302   404   404   404   302   403   403   403   404   404
POST   task_import_move:take_back        written   302   404   404   404   302   302   403   302   404   404
GET    people_links                      -         302   403   403   403   403   403   403   200   404   200
POST   people_links                      -         302   403   403   403   403   403   403   200   404   200
GET    leaving                           colleague 302   403   403   403   403   403   403   200   403   200
POST   leaving                           colleague 302   403   403   403   403   403   403   302   403   302
GET    bureau_merging                    market    302   403   403   403   200   200   403   200   404   200
POST   bureau_merging                    market    302   403   403   403   403   403   403   302   404   302
POST   bureau_unmerging                  merged    302   403   403   403   403   403   403   302   404   302
POST   bureau_handing_over:led           merged    302   403   403   403   400   400   403   400   404   400
GET    people_export                     -         302   403   403   403   403   403   403   200   404   200
GET    people_imports                    -         302   403   403   403   403   403   403   200   404   200
POST   people_imports                    -         302   403   403   403   403   403   403   302   404   302
GET    people_import                     people_run 302   404   404   404   404   404   404   200   404   200
GET    people_import_workbook            people_run 302   404   404   404   404   404   404   200   404   200
GET    people_import_file                people_run 302   404   404   404   404   404   404   200   404   200
POST   people_import_move:read_again     people_run 302   404   404   404   404   404   404   302   404   403
POST   people_import_move:apply          people_run 302   404   404   404   404   404   404   302   404   403
POST   people_import_move:drop           people_run 302   404   404   404   404   404   404   302   404   403
POST   people_import_move:take_back      people_run 302   404   404   404   404   404   404   409   404   409
GET    bureaus_export                    -         302   403   403   403   403   403   403   200   404   200
GET    bureau_imports                    -         302   403   403   403   403   403   403   200   404   200
POST   bureau_imports                    -         302   403   403   403   403   403   403   302   404   302
GET    bureau_import                     bureau_run 302   404   404   404   404   404   404   200   404   200
GET    bureau_import_workbook            bureau_run 302   404   404   404   404   404   404   200   404   200
GET    bureau_import_file                bureau_run 302   404   404   404   404   404   404   200   404   200
POST   bureau_import_move:read_again     bureau_run 302   404   404   404   404   404   404   302   404   403
POST   bureau_import_move:apply          bureau_run 302   404   404   404   404   404   404   302   404   403
POST   bureau_import_move:drop           bureau_run 302   404   404   404   404   404   404   302   404   403
POST   bureau_import_move:take_back      bureau_run 302   404   404   404   404   404   404   409   404   409
GET    task                              task      302   200   200   404   200   200   200   200   404   404
POST   task_move:accept                  waiting   302   302   302   404   403   403   403   403   404   404
POST   task_move:decline                 waiting   302   302   302   404   403   403   403   403   404   404
POST   task_move:assign_again            declined  302   403   403   404   302   302   403   403   404   404
POST   task_move:hand_over               waiting   302   403   403   404   302   302   403   403   404   404
POST   task_move:claim                   finished  302   403   302   404   403   403   403   403   404   404
POST   task_move:withdraw_claim          claimed   302   403   302   404   403   403   403   403   404   404
POST   task_move:verify                  claimed   302   403   403   404   302   302   403   403   404   404
POST   task_move:send_back               claimed   302   403   403   404   302   302   403   403   404   404
POST   task_move:suspend                 task      302   403   403   404   302   302   403   403   404   404
POST   task_move:resume                  suspended 302   403   403   404   302   302   403   403   404   404
POST   task_move:drop                    task      302   403   403   404   302   302   403   403   404   404
POST   task_light                        task      302   403   403   404   302   302   403   403   404   404
POST   task_light_end                    lit_task  302   403   403   404   302   302   403   403   404   404
POST   task_move:reopen                  dropped   302   403   403   404   302   302   403   403   404   404
GET    part                              given     302   302   302   302   302   302   302   302   404   404
GET    part_give                         task      302   200   200   404   200   200   403   403   404   404
POST   part_give                         task      302   302   302   404   302   302   403   403   404   404
GET    part_again                        sent_back 302   200   200   403   200   200   403   403   404   404
POST   part_again                        sent_back 302   302   302   403   302   302   403   403   404   404
POST   part_move:accept                  given     302   403   403   302   403   403   403   403   404   404
POST   part_move:send_back               given     302   403   403   302   403   403   403   403   404   404
POST   part_move:give_again              sent_back 302   302   302   403   302   302   403   403   404   404
POST   part_move:finish                  taken_on  302   403   403   302   403   403   403   403   404   404
POST   part_move:reopen                  part_done 302   302   302   403   302   302   403   403   404   404
POST   part_move:end                     given     302   302   302   403   302   302   403   403   404   404
GET    responsibility                    -         302   200   200   200   200   200   200   200   404   404
GET    responsibility_export             -         302   200   200   200   200   200   200   200   404   404
GET    roadmap                           -         302   200   200   200   200   200   200   200   404   404
GET    cockpit                           -         302   200   200   200   200   200   200   200   404   404
GET    part_list                         -         302   200   200   200   200   200   200   200   404   404
GET    parts_export                      -         302   200   200   200   200   200   200   200   404   404
GET    part_report_list                  -         302   200   200   200   200   200   200   200   404   404
GET    part_reports_export               -         302   200   200   200   200   200   200   200   404   404
GET    part_report                       filing    302   200   200   200   200   200   200   200   404   404
POST   part_report                       filing    302   403   403   302   403   403   403   403   404   404
GET    part_file                         proof     302   200   200   200   200   200   200   200   404   404
GET    extension                         asked     302 302 302 404 302 302 302 302 404 404
GET    milestone                         milestone 302 302 302 404 302 302 302 302 404 404
GET    extension_ask                     task      302   200   200   404   403   403   403   403   404   404
POST   extension_ask                     task      302   302   302   404   403   403   403   403   404   404
POST   extension_move:sign               asked     302   403   302   404   403   403   403   403   404   404
POST   extension_move:grant              signed    302   403   403   404   302   302   403   403   404   404
POST   extension_move:refuse             signed    302   403   403   404   302   302   403   403   404   404
POST   extension_move:withdraw           asked     302   302   302   404   403   403   403   403   404   404
POST   milestone_act:waive               milestone 302   403   403   404   302   302   403   403   404   404
POST   milestone_act:unwaive             waived    302   403   403   404   302   302   403   403   404   404
GET    month                             -         302   200   200   200   403   403   403   403   404   404
POST   month                             -         302   302   302   302   403   403   403   403   404   404
GET    report_list                       -         302   200   200   200   200   200   200   200   404   404
GET    reports_export                    -         302   200   200   200   200   200   200   200   404   404
GET    expected_reports_export           -         302   200   200   200   200   200   200   200   404   404
GET    report                            report    302   200   200   404   200   200   200   200   404   404
GET    report                            submitted 302   200   200   404   200   200   200   200   404   404
POST   report_draft                      report    302   302   302   404   403   403   403   403   404   404
GET    report                            alone     302   404   404   404   200   200   200   200   404   404
POST   report_draft                      alone     302   404   404   404   302   302   403   403   404   404
POST   report_files                      alone     302   404   404   404   302   302   403   403   404   404
POST   report_move:submit                alone     302   404   404   404   400   400   403   403   404   404
GET    report_no_change                  following 302   200   200   404   403   403   403   403   404   404
POST   report_no_change                  following 302   302   302   404   403   403   403   403   404   404
POST   report_files                      report    302   302   302   404   403   403   403   403   404   404
POST   report_file_add                   report    302   200   200   404   403   403   403   403   404   404
POST   report_move:submit                report    302   302   302   404   403   403   403   403   404   404
POST   report_move:ask_sign_off          unsigned  302   302   302   404   403   403   403   403   404   404
POST   report_move:submit                laid      302   403   302   404   403   403   403   403   404   404
POST   report_move:send_to_author        laid      302   403   302   404   403   403   403   403   404   404
POST   report_move:withdraw              laid      302   302   403   404   403   403   403   403   404   404
GET    report                            laid      302   200   200   404   200   200   200   200   404   404
POST   report_move:withdraw              submitted 302   302   403   404   403   403   403   403   404   404
POST   report_move:take                  submitted 302   403   403   404   302   302   403   403   404   404
POST   report_move:put_back              taken     302   403   403   404   302   302   403   403   404   404
POST   report_move:approve               submitted 302   403   403   404   302   302   403   403   404   404
POST   report_move:return                submitted 302   403   403   404   302   302   403   403   404   404
POST   report_move:reopen                approved  302   403   403   404   302   302   403   403   404   404
GET    file                              own_file  302   200   200   404   404   404   404   404   404   404
GET    file                              kept_file 302   200   200   404   200   200   200   200   404   404
GET    file_preview                      own_photo 302   200   200   404   404   404   404   404   404   404
GET    file_preview                      kept_photo 302  200   200   404   200   200   200   200   404   404
GET    file_thumbnail                    own_photo 302   200   200   404   404   404   404   404   404   404
GET    file_thumbnail                    kept_photo 302  200   200   404   200   200   200   200   404   404
GET    evidence_zip                      -         302   400   400   400   400   400   400   400   404   404
POST   file_remove                       own_file  302   302   302   404   404   404   404   404   404   404
GET    project_list                      -         302   200   200   200   200   200   200   200   404   404
GET    project_board                     -         302   200   200   200   200   200   200   200   404   404
GET    project_carriers                  -         302   200   200   200   200   200   200   200   404   404
GET    project_carriers_export           -         302   200   200   200   200   200   200   200   404   404
GET    project_pictures                  -         302   200   200   200   200   200   200   200   404   404
GET    projects_export                   -         302   200   200   200   200   200   200   200   404   404
GET    project_register                  -         302   403   403   403   200   200   403   200   404   404
POST   project_register                  -         302   403   403   403   302   302   403   302   404   404
GET    light_rules                       -         302   200   200   200   200   200   200   200   404   404
GET    rate_list                         -         302   200   200   200   200   200   200   200   404   404
GET    rates_export                      -         302   200   200   200   200   200   200   200   404   404
POST   rates_begin                       -         302   403   403   403   302   302   403   302   404   404
GET    rate                              rate      302   200   200   200   200   200   200   200   404   404
GET    rate_export                       rate      302   200   200   200   200   200   200   200   404   404
GET    project                           project   302   200   200   404   200   200   200   200   404   404
GET    project_edit                      project   302   403   403   404   200   200   403   200   404   404
POST   project_edit                      project   302   403   403   404   302   302   403   302   404   404
POST   project_light                     project   302   403   403   404   302   302   403   403   404   404
POST   project_light_end                 lit_project 302 403 403   404   302   302   403   403   404   404
POST   project_move:terminate            project   302   403   403   404   302   302   403   403   404   404
POST   project_move:remove               project   302   403   403   404   302   302   403   403   404   404
POST   project_move:reinstate            ended     302   403   403   404   302   302   403   403   404   404
GET    money_enter                       project   302   200   200   404   200   200   403   403   404   404
POST   money_enter                       project   302   302   302   404   302   302   403   403   404   404
GET    money                             paid_in   302   302   302   404   302   302   302   302   404   404
GET    money_counter                     paid_in   302   200   200   404   200   200   403   403   404   404
POST   money_counter                     paid_in   302   302   302   404   302   302   403   403   404   404
GET    money_export                      -         302   200   200   200   200   200   200   200   404   404
GET    gate                              gate      302   302   302   404   302   302   302   302   404   404
GET    gate_propose                      gate      302   200   200   404   403   403   403   403   404   404
POST   gate_propose                      gate      302   302   302   404   403   403   403   403   404   404
POST   gate_move:withdraw                proposed  302   302   403   404   403   403   403   403   404   404
POST   gate_move:confirm                 proposed  302   403   403   404   302   302   403   403   404   404
POST   gate_move:return                  proposed  302   403   403   404   302   302   403   403   404   404
POST   gate_move:correct                 confirmed 302   403   403   404   302   302   403   403   404   404
GET    gate_file                         gate_proof 302   200   200   404   200   200   200   200   404   404
GET    gate_file_preview                 gate_photo 302   200   200   404   200   200   200   200   404   404
GET    gate_file_thumbnail               gate_photo 302   200   200   404   200   200   200   200   404   404
GET    desk_item:gate                    proposed  302   403   403   404   200   200   403   403   404   404
POST   desk_item:gate                    proposed  302   403   403   404   302   302   403   403   404   404
GET    breakthrough_list                 -         302   200   200   200   200   200   200   200   404   404
GET    breakthroughs_export              -         302   200   200   200   200   200   200   200   404   404
GET    breakthrough_target               -         302   403   403   403   200   200   403   200   404   404
POST   breakthrough_target               -         302   403   403   403   302   302   403   302   404   404
GET    breakthrough_flag                 task      302   200   200   404   200   200   403   403   404   404
POST   breakthrough_flag                 task      302   302   302   404   302   302   403   403   404   404
GET    breakthrough                      candidate 302   200   200   404   200   200   200   200   404   404
GET    claim_form                        candidate 302   200   200   404   403   403   403   403   404   404
POST   claim_form                        candidate 302   302   302   404   403   403   403   403   404   404
POST   claim_send                        proved    302   302   302   404   403   403   403   403   404   404
POST   claim_file_add                    candidate 302   200   200   404   403   403   403   403   404   404
POST   claim_file_remove                 claim_proof 302   302   302   404   403   403   403   403   404   404
GET    claim_file                        claim_proof 302   200   200   404   200   200   200   200   404   404
GET    claim_file_preview                claim_photo 302   200   200   404   200   200   200   200   404   404
GET    claim_file_thumbnail              claim_photo 302   200   200   404   200   200   200   200   404   404
GET    practice_case                     passed_on 302   200   200   200   200   200   200   200   404   404
GET    practice_case_word                passed_on 302   200   200   200   200   200   200   200   404   404
GET    practice_case_write               recognised 302   403   403   403   200   200   403   403   404   404
POST   practice_case_write               recognised 302   403   403   403   302   302   403   403   404   404
POST   breakthrough_move:withdraw        put_in    302   302   403   404   403   403   403   403   404   404
POST   breakthrough_move:recognise       put_in    302   403   403   404   302   302   403   403   404   404
POST   breakthrough_move:return          put_in    302   403   403   404   302   302   403   403   404   404
POST   breakthrough_move:not_recognise   put_in    302   403   403   404   302   302   403   403   404   404
POST   breakthrough_move:revoke          recognised 302   403   403   403   302   302   403   403   404   404
POST   breakthrough_move:take_off        candidate 302   403   403   404   302   302   403   403   404   404
GET    desk_item:breakthrough            put_in    302   403   403   404   200   200   403   403   404   404
POST   desk_item:breakthrough            put_in    302   403   403   404   302   302   403   403   404   404
GET    project_update_list               -         302   200   200   200   200   200   200   200   404   404
GET    project_updates_export            -         302   200   200   200   200   200   200   200   404   404
GET    project_update                    update    302   200   200   404   200   200   200   200   404   404
POST   project_update                    update    302   302   302   404   403   403   403   403   404   404
GET    project_imports                   -         302   403   403   403   200   200   200   200   404   404
POST   project_imports                   -         302   403   403   403   302   302   403   302   404   404
GET    project_import                    project_run 302   404   404   404   200   200   200   200   404   404
GET    project_import_workbook           project_run 302   404   404   404   200   200   200   200   404   404
GET    project_import_file               project_run 302   404   404   404   200   200   200   200   404   404
POST   project_import_move:read_again    project_run 302   404   404   404   302   403   403   403   404   404
POST   project_import_move:apply         project_run 302   404   404   404   302   403   403   403   404   404
POST   project_import_move:drop          project_run 302   404   404   404   302   403   403   403   404   404
POST   project_import_move:take_back     project_run 302   404   404   404   409   409   403   409   404   404
GET    indicator_list                    -         302   200   200   200   200   200   200   200   404   404
GET    readings_export                   -         302   200   200   200   200   200   200   200   404   404
GET    indicator                         indicator 302   200   200   200   200   200   200   200   404   404
GET    reading_submit                    indicator 302   200   200   403   200   200   403   403   404   404
POST   reading_submit                    indicator 302   302   302   403   302   302   403   403   404   404
GET    reading                           reading   302   302   302   404   302   302   302   302   404   404
GET    reading_again                     back      302   200   200   404   200   200   403   403   404   404
POST   reading_again                     back      302   302   302   404   302   302   403   403   404   404
GET    reading_correct                   in_force  302   200   200   403   200   200   403   403   404   404
POST   reading_correct                   in_force  302   302   302   403   302   302   403   403   404   404
POST   reading_move:withdraw             reading   302   302   403   404   403   403   403   403   404   404
POST   reading_move:approve              reading   302   403   403   404   302   302   403   403   404   404
POST   reading_move:return               reading   302   403   403   404   302   302   403   403   404   404
POST   reading_move:reopen               in_force  302   403   403   403   302   302   403   403   404   404
GET    desk_item:reading                 reading   302   403   403   404   200   200   403   403   404   404
POST   desk_item:reading                 reading   302   403   403   404   302   302   403   403   404   404
GET    reading_imports                   -         302   403   403   403   200   200   200   403   404   404
POST   reading_imports                   -         302   403   403   403   302   302   403   403   404   404
GET    reading_import                    reading_run 302   404   404   404   200   200   200   404   404   404
GET    reading_import_workbook           reading_run 302   404   404   404   200   200   200   404   404   404
GET    reading_import_file               reading_run 302   404   404   404   200   200   200   404   404   404
POST   reading_import_move:read_again    reading_run 302   404   404   404   302   403   403   404   404   404
POST   reading_import_move:apply         reading_run 302   404   404   404   302   403   403   404   404   404
POST   reading_import_move:drop          reading_run 302   404   404   404   302   403   403   404   404   404
POST   reading_import_move:take_back     reading_run 302   404   404   404   409   409   403   404   404   404
GET    period_list                       -         302   200   200   200   200   200   200   200   404   404
POST   periods_plan                      -         302   403   403   403   302   302   403   302   404   404
POST   periods_move_to_calendar          -         302   403   403   403   302   302   403   302   404   404
GET    period                            period    302   200   200   200   200   200   200   200   404   404
GET    period_exceptions                 period    302   403   403   403   200   200   403   403   404   404
POST   period_exceptions                 period    302   403   403   403   302   302   403   403   404   404
POST   exception_withdraw                excused    302   403   403   404   302   302   403   403   404   404
GET    period_edit                       planned   302   403   403   403   200   200   403   403   404   404
POST   period_edit                       planned   302   403   403   403   302   302   403   403   404   404
POST   period_move:open                  planned   302   403   403   403   302   302   403   403   404   404
POST   period_move:enter_grace           period    302   403   403   403   302   302   403   403   404   404
POST   period_move:close                 period    302   403   403   403   302   302   403   403   404   404
POST   period_move:freeze                past      302   403   403   403   302   302   403   403   404   404
GET    deputies                          -         302   200   200   200   200   200   200   200   404   404
POST   deputies                          -         302   403   400   403   400   400   403   400   404   404
POST   deputy_end                        deputised 302   403   302   404   404   404   404   302   404   302
GET    view_list                         -         302   200   200   200   200   200   200   200   404   404
POST   view_save                         -         302   302   302   302   302   302   302   302   404   404
GET    view_open                         kept_view 302   302   302   302   302   302   302   302   404   404
POST   view_act:rename                   kept_view 302   403   403   403   302   302   403   302   404   404
POST   view_act:update                   kept_view 302   403   403   403   302   302   403   302   404   404
POST   view_act:share                    kept_view 302   403   403   403   302   302   403   302   404   404
POST   view_act:unshare                  kept_view 302   403   403   403   302   302   403   302   404   404
POST   view_act:default                  kept_view 302   302   302   302   302   302   302   302   404   404
POST   view_act:no_default               kept_view 302   302   302   302   302   302   302   302   404   404
POST   view_act:delete                   kept_view 302   403   403   403   302   302   403   302   404   404
GET    programme_edit                    -         302   403   403   403   200   200   403   200   404   404
POST   programme_edit                    -         302   403   403   403   302   302   403   302   404   404
GET    tokens                            -         302   200   200   200   200   200   200   200   200   200
POST   tokens                            -         302   200   200   200   200   200   200   200   200   200
POST   token_revoke                      token     302   302   404   404   404   404   404   404   404   404
GET    health                            -         200   200   200   200   200   200   200   200   200   200
GET    status                            -         302   403   403   403   403   403   403   200   403   200
GET    api:schema                        -         401   200   200   200   200   200   200   200   200   200
GET    api:api-root                      -         401   200   200   200   200   200   200   200   200   200
GET    api:programme-list                -         401   200   200   200   200   200   200   200   200   200
GET    api:programme-detail              programme 401   200   200   200   200   200   200   200   404   200
GET    api:bureau-list                   -         401   200   200   200   200   200   200   200   200   200
GET    api:bureau-detail                 market    401   200   200   200   200   200   200   200   404   200
GET    api:field-list                    -         401   200   200   200   200   200   200   200   200   200
GET    api:field-detail                  field     401   200   200   200   200   200   200   200   404   404
GET    api:task-list                     -         401   200   200   200   200   200   200   200   200   200
GET    api:task-detail                   task      401   200   200   404   200   200   200   200   404   404
GET    api:task-lights                   task      401   200   200   404   200   200   200   200   404   404
PATCH  api:task-detail                   task      401   403   403   404   200   200   403   200   404   404
POST   api:task-accept                   waiting   401   200   200   404   403   403   403   403   404   404
POST   api:task-decline                  waiting   401   200   200   404   403   403   403   403   404   404
POST   api:task-assign-again             declined  401   403   403   404   200   200   403   403   404   404
POST   api:task-hand-over                waiting   401   403   403   404   200   200   403   403   404   404
POST   api:task-claim                    finished  401   403   200   404   403   403   403   403   404   404
POST   api:task-withdraw-claim           claimed   401   403   200   404   403   403   403   403   404   404
POST   api:task-verify                   claimed   401   403   403   404   200   200   403   403   404   404
POST   api:task-send-back                claimed   401   403   403   404   200   200   403   403   404   404
POST   api:task-suspend                  task      401   403   403   404   200   200   403   403   404   404
POST   api:task-resume                   suspended 401   403   403   404   200   200   403   403   404   404
POST   api:task-drop                     task      401   403   403   404   200   200   403   403   404   404
POST   api:task-reopen                   dropped   401   403   403   404   200   200   403   403   404   404
GET    api:milestone-list                -         401   200   200   200   200   200   200   200   200   200
GET    api:milestone-detail              milestone 401   200   200   404   200   200   200   200   404   404
POST   api:milestone-waive               milestone 401   403   403   404   200   200   403   403   404   404
POST   api:milestone-unwaive             waived    401   403   403   404   200   200   403   403   404   404
GET    api:part-list                     -         401   200   200   200   200   200   200   200   200   200
POST   api:part-list                     task      401   201   201   404   201   201   403   403   404   404
GET    api:part-detail                   given     401   200   200   200   200   200   200   200   404   404
POST   api:part-accept                   given     401   403   403   200   403   403   403   403   404   404
POST   api:part-send-back                given     401   403   403   200   403   403   403   403   404   404
POST   api:part-give-again               sent_back 401   200   200   403   200   200   403   403   404   404
POST   api:part-finish                   taken_on  401   403   403   200   403   403   403   403   404   404
POST   api:part-reopen                   part_done 401   200   200   403   200   200   403   403   404   404
POST   api:part-end                      given     401   200   200   403   200   200   403   403   404   404
GET    api:expectedpart-list             -         401   200   200   200   200   200   200   200   200   200
GET    api:expectedpart-detail           filing    401   200   200   200   200   200   200   200   404   404
POST   api:expectedpart-file             filing    401   403   403   200   403   403   403   403   404   404
GET    api:extension-list                -         401   200   200   200   200   200   200   200   200   200
POST   api:extension-list                task      401   201   201   404   403   403   403   403   404   404
GET    api:extension-detail              asked     401   200   200   404   200   200   200   200   404   404
POST   api:extension-sign                asked     401   403   200   404   403   403   403   403   404   404
POST   api:extension-grant               signed    401   403   403   404   200   200   403   403   404   404
POST   api:extension-refuse              signed    401   403   403   404   200   200   403   403   404   404
POST   api:extension-withdraw            asked     401   200   200   404   403   403   403   403   404   404
GET    api:period-list                   -         401   200   200   200   200   200   200   200   200   200
GET    api:period-detail                 period    401   200   200   200   200   200   200   200   404   404
POST   api:period-open                   planned   401   403   403   403   200   200   403   403   404   404
POST   api:period-enter-grace            period    401   403   403   403   200   200   403   403   404   404
POST   api:period-close                  period    401   403   403   403   200   200   403   403   404   404
POST   api:period-freeze                 past      401   403   403   403   200   200   403   403   404   404
GET    api:expectedreport-list           -         401   200   200   200   200   200   200   200   200   200
GET    api:expectedreport-detail         expected  401   200   200   404   200   200   200   200   404   404
GET    api:report-list                   -         401   200   200   200   200   200   200   200   200   200
GET    api:report-detail                 report    401   200   200   404   200   200   200   200   404   404
PATCH  api:report-detail                 report    401   200   200   404   403   403   403   403   404   404
GET    api:report-draft                  report    401   200   200   404   403   403   403   403   404   404
POST   api:report-submit                 report    401   200   200   404   403   403   403   403   404   404
POST   api:report-submit                 alone     401   404   404   404   400   400   403   403   404   404
PATCH  api:report-detail                 alone     401   404   404   404   200   200   403   403   404   404
GET    api:report-draft                  alone     401   404   404   404   200   200   403   403   404   404
POST   api:report-ask-sign-off           unsigned  401   200   200   404   403   403   403   403   404   404
POST   api:report-submit                 laid      401   403   200   404   403   403   403   403   404   404
POST   api:report-send-to-author         laid      401   403   200   404   403   403   403   403   404   404
POST   api:report-withdraw               submitted 401   200   403   404   403   403   403   403   404   404
POST   api:report-take                   submitted 401   403   403   404   200   200   403   403   404   404
POST   api:report-put-back               taken     401   403   403   404   200   200   403   403   404   404
POST   api:report-approve                submitted 401   403   403   404   200   200   403   403   404   404
POST   api:report-return                 submitted 401   403   403   404   200   200   403   403   404   404
POST   api:report-reopen                 approved  401   403   403   404   200   200   403   403   404   404
GET    api:evidence-list                 -         401   200   200   200   200   200   200   200   200   200
POST   api:evidence-list                 report    401   201   201   404   403   403   403   403   404   404
GET    api:evidence-detail               own_file  401   200   200   404   404   404   404   404   404   404
GET    api:evidence-detail               kept_file 401   200   200   404   200   200   200   200   404   404
DELETE api:evidence-detail               own_file  401   204   204   404   404   404   404   404   404   404
GET    api:evidence-download             own_file  401   200   200   404   404   404   404   404   404   404
GET    api:evidence-download             kept_file 401   200   200   404   200   200   200   200   404   404
GET    api:signingevent-list             -         401   200   200   200   200   200   200   200   200   200
GET    api:signingevent-detail           fair      401   200   200   200   200   200   200   200   404   404
GET    api:sector-list                   -         401   200   200   200   200   200   200   200   200   200
GET    api:sector-detail                 sector    401   200   200   200   200   200   200   200   404   404
GET    api:partner-list                  -         401   200   200   200   200   200   200   200   200   200
GET    api:partner-detail                partner   401   200   200   200   200   200   200   200   404   404
GET    api:project-list                  -         401   200   200   200   200   200   200   200   200   200
POST   api:project-list                  -         401   403   403   403   201   201   403   201   404   403
GET    api:project-detail                project   401   200   200   404   200   200   200   200   404   404
PATCH  api:project-detail                project   401   403   403   404   200   200   403   200   404   404
POST   api:project-terminate             project   401   403   403   404   200   200   403   403   404   404
POST   api:project-remove                project   401   403   403   404   200   200   403   403   404   404
POST   api:project-reinstate             ended     401   403   403   404   200   200   403   403   404   404
GET    api:gate-list                     -         401   200   200   200   200   200   200   200   200   200
GET    api:gate-detail                   gate      401   200   200   404   200   200   200   200   404   404
POST   api:gate-propose                  gate      401   200   200   404   403   403   403   403   404   404
POST   api:gate-withdraw                 proposed  401   200   403   404   403   403   403   403   404   404
POST   api:gate-confirm                  proposed  401   403   403   404   200   200   403   403   404   404
POST   api:gate-return                   proposed  401   403   403   404   200   200   403   403   404   404
POST   api:gate-correct                  confirmed 401   403   403   404   200   200   403   403   404   404
GET    api:gatefile-list                 -         401   200   200   200   200   200   200   200   200   200
GET    api:gatefile-detail               gate_proof 401   200   200   404   200   200   200   200   404   404
GET    api:gatefile-download             gate_proof 401   200   200   404   200   200   200   200   404   404
GET    api:moneyevent-list               -         401   200   200   200   200   200   200   200   200   200
POST   api:moneyevent-list               project   401   201   201   404   201   201   403   403   404   404
GET    api:moneyevent-detail             paid_in   401   200   200   404   200   200   200   200   404   404
POST   api:moneyevent-counter-entry      paid_in   401   201   201   404   201   201   403   403   404   404
GET    api:expectedupdate-list           -         401   200   200   200   200   200   200   200   200   200
GET    api:expectedupdate-detail         update    401   200   200   404   200   200   200   200   404   404
POST   api:expectedupdate-file           update    401   200   200   404   403   403   403   403   404   404
GET    api:rate-list                     -         401   200   200   200   200   200   200   200   200   200
GET    api:rate-detail                   rate      401   200   200   200   200   200   200   200   404   404
GET    api:breakthrough-list             -         401   200   200   200   200   200   200   200   200   200
POST   api:breakthrough-list             task      401   201   201   404   201   201   403   403   404   404
GET    api:breakthrough-detail           candidate 401   200   200   404   200   200   200   200   404   404
POST   api:breakthrough-submit-claim     proved    401   200   200   404   403   403   403   403   404   404
POST   api:breakthrough-proof            candidate 401   201   201   404   403   403   403   403   404   404
POST   api:breakthrough-withdraw         put_in    401   200   403   404   403   403   403   403   404   404
POST   api:breakthrough-recognise        put_in    401   403   403   404   200   200   403   403   404   404
POST   api:breakthrough-return           put_in    401   403   403   404   200   200   403   403   404   404
POST   api:breakthrough-not-recognise    put_in    401   403   403   404   200   200   403   403   404   404
POST   api:breakthrough-promote          recognised 401   403   403   403   200   200   403   403   404   404
POST   api:breakthrough-revoke           recognised 401   403   403   403   200   200   403   403   404   404
POST   api:breakthrough-take-off         candidate 401   403   403   404   200   200   403   403   404   404
GET    api:claimfile-list                -         401   200   200   200   200   200   200   200   200   200
GET    api:claimfile-detail              claim_proof 401   200   200   404   200   200   200   200   404   404
GET    api:claimfile-download            claim_proof 401   200   200   404   200   200   200   200   404   404
GET    api:breakthroughtarget-list       -         401   200   200   200   200   200   200   200   200   200
GET    api:breakthroughtarget-detail     target    401   200   200   200   200   200   200   200   404   404
GET    api:indicator-list                -         401   200   200   200   200   200   200   200   200   200
GET    api:indicator-detail              indicator 401   200   200   200   200   200   200   200   404   404
PATCH  api:indicator-detail              indicator 401   403   403   403   200   200   403   200   404   404
GET    api:reading-list                  -         401   200   200   200   200   200   200   200   200   200
POST   api:reading-list                  indicator 401   201   201   403   201   201   403   403   404   404
GET    api:reading-detail                reading   401   200   200   404   200   200   200   200   404   404
POST   api:reading-correct               in_force  401   201   201   403   201   201   403   403   404   404
POST   api:reading-withdraw              reading   401   200   403   404   403   403   403   403   404   404
POST   api:reading-submit                back      401   200   200   404   200   200   403   403   404   404
POST   api:reading-approve               reading   401   403   403   404   200   200   403   403   404   404
POST   api:reading-return                reading   401   403   403   404   200   200   403   403   404   404
POST   api:reading-reopen                in_force  401   403   403   403   200   200   403   403   404   404
GET    api:event-list                    -         401   200   200   200   200   200   200   200   200   200
GET    api:event-detail                  event     401   200   200   404   200   200   200   200   404   404
"""
LINES = [line.split() for line in TABLE.strip().splitlines()[1:] if line.strip()]
PAGE_MOVES = {
    "task_move": workflow.TASK_MOVES,
    "part_move": workflow.PART_MOVES,
    "extension_move": workflow.EXTENSION_MOVES,
    "milestone_act": ACTS_ON_MILESTONES,
    "report_move": workflow.REPORT_MOVES,
    "period_move": periods.MOVES,
    "project_move": projects.PROJECT_MOVES,
    "gate_move": {name: move for name, move in projects.GATE_MOVES.items() if move is not projects.PROPOSE},
    "breakthrough_move": {
        name: move
        for name, move in breakthroughs.BREAKTHROUGH_MOVES.items()
        if name not in {"submit_claim", "promote"}
    },
    "project_import_move": import_workflow.IMPORT_MOVES,
    "reading_move": {
        name: move for name, move in indicators.READING_MOVES.items() if move is not indicators.SUBMIT
    },
    "reading_import_move": import_workflow.IMPORT_MOVES,
    "task_import_move": import_workflow.IMPORT_MOVES,
    "people_import_move": import_workflow.IMPORT_MOVES,
    "bureau_import_move": import_workflow.IMPORT_MOVES,
    "bureau_handing_over": ("led",),
    "desk_item": KINDS_AT_THE_DESK.keys() - {"report"},
    "figures": ("tasks",),  # one list stands for all
    "person_act": ACTS,
    "view_act": saved.ACTS,
}
API_MOVES = {
    "task": workflow.TASK_MOVES,
    "part": workflow.PART_MOVES,
    "expectedpart": workflow.PART_REPORT_MOVES,
    "extension": workflow.EXTENSION_MOVES,
    "report": workflow.REPORT_MOVES,
    "period": periods.MOVES,
    "project": projects.PROJECT_MOVES,
    "gate": projects.GATE_MOVES,
    "breakthrough": breakthroughs.BREAKTHROUGH_MOVES,
    "expectedupdate": projects.UPDATE_MOVES,
    "reading": indicators.READING_MOVES,
}
ANY = dict.fromkeys(
    ("submitted", "taken", "approved", "following", "alone", "unsigned", "laid"), "report"
) | {
    **dict.fromkeys(("waiting", "declined", "finished", "claimed", "suspended", "dropped"), "task"),
    "waived": "milestone",
    "signed": "asked",
    **dict.fromkeys(("sent_back", "taken_on", "part_done"), "given"),
    "kept_file": "own_file",
    "kept_photo": "own_photo",
    "excused": "expected",
    **dict.fromkeys(("proposed", "confirmed"), "gate"),
    "gate_photo": "gate_proof",
    **dict.fromkeys(("proved", "put_in", "recognised", "passed_on"), "candidate"),
    "claim_photo": "claim_proof",
    "ended": "project",
    "lit_task": "task",
    "lit_project": "project",
    **dict.fromkeys(("back", "in_force"), "reading"),
}
"""For what does not depend on the state of a row."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REASON = {"comment": "For a reason."}
PART = {"bureau": "jrj", "what": "A list of ten firms", "due_on": "2021-12-31"}
READING = {
    "period": "2021年8月", "on": "2021-08-31", "value": "12", "qualifier": "exact", "source": "统计表", "note": "初值",
}  # fmt: skip
BODIES = {
    "lost_password": {"account": "staff"},
    "sign_in": {"username": "staff", "password": "wrong"},
    "link": {"new_password1": "wind-over-fushan-bay", "new_password2": "wind-over-fushan-bay"},
    "password": {
        "old_password": factories.PASSWORD, "new_password1": "wind-over-fushan-bay",
        "new_password2": "wind-over-fushan-bay",
    },
    "set_language": {"language": "en", "next": "/"},
    "leaving": {"last_on": "2021-09-24"},
    "tokens": {"name": "export", "writes": "no", "days": "30"},
    "programme_switch": {"programme": "qd-2020"},
    "month": {"act": "save"},
    "periods_plan": {"year": "2022"},
    "periods_move_to_calendar": {"year": "2022"},
    "view_save": {"listed": "tasks", "name": "Late", "query": "overdue=true"},
    "view_act:rename": {"name": "Later"},
    "report_move:submit": factories.CONTENT,
    "report_move:ask_sign_off": factories.CONTENT,
    "report_no_change": {"forecast_on": "2021-12-31", "self_light": "green"},
    "report_draft": factories.CONTENT,
    "report_files": factories.CONTENT,
    "desk_report": {"move": "approve"},
    "desk_item:completion": {"move": "verify"},
    "desk_item:extension": {"move": "grant"},
    "period_exceptions": {"what": "exempt", "reason": "Nothing planned.", "all": "1"},
    "bulletin_restate": {"reason": "It was counted twice."},
    "exception_withdraw": {"reason": "Begun after all."},
    "period_edit": {
        "starts_on": "2021-11-01", "ends_on": "2021-11-30", "opens_on": "2021-11-22", "due_on": "2021-11-25",
        "grace_on": "2021-11-30",
    },
    "programme_edit": {
        "name": "试点", "starts_on": "2020-08-02", "ends_on": "2023-08-01", "opens_day": "20", "due_from": "end",
        "report_kind": "month", "due_working_day": "3", "grace_days": "2", "accept_days": "2", "review_days": "3",
        "resubmit_days": "2", "verify_days": "3", "extension_days": "3",
    },
    "task_light": {"level": "yellow"},
    "project_light": {"level": "yellow"},
    "task_move:hand_over": {"bureau": "jrj"},
    "api:task-hand-over": {"bureau": "jrj"},
    "part_report": {"text": "Two firms were visited."},
    "api:expectedpart-file": {"text": "Two firms were visited."},
    "part_give": PART,
    "part_again": PART | {"comment": "It is yours by law."},
    "extension_ask": {"what": "task", "to_on": "2022-06-30", "cause": "The list is late."},
    "money_enter": {"kind": "in", "on": "2021-09-20", "amount": "500", "note": "First"},
    "money_counter": {"on": "2021-09-21", "note": "Wrong"},
    "api:moneyevent-counter-entry": {"on": "2021-09-21", "note": "Wrong"},
    "desk_item:gate": {"move": "confirm"},
    "desk_item:breakthrough": {"move": "recognise", "level": "city"},
    "breakthrough_target": {
        **{f"month_{month}": month for month in range(1, 13)}, "days_in_force": "90", "source": "试点方案",
    },
    "claim_form": contents.flat(breakings.CONTENT),
    "claim_send": contents.flat(breakings.CONTENT),
    "practice_case_write": breakings.CASE,
    "api:breakthrough-promote": breakings.CASE,
    "api:breakthrough-submit-claim": {"content": breakings.CONTENT},
    "desk_item:reading": {"move": "approve"},
    "reading_submit": READING,
    "reading_again": READING,
    "reading_correct": READING | {"reason": "The table was revised."},
    "project_update": {"no_change": "on"},
    "api:expectedupdate-file": {"no_change": True},
    "api:report-submit": {"content": factories.CONTENT},
    "api:report-ask-sign-off": {"content": factories.CONTENT},
}  # fmt: skip
NEW = {"people": "账号,姓名,角色\nli,李娜,审计\n", "bureau": "编码,名称\nxj,市新局\n"}
"""A file with one new row."""
PROJECT = {
    "code": "QY-09", "name": "Project", "kind": "industrial", "signed_on": "2021-09-04", "countable": "true",
    "planned_investment": "18亿元",
}  # fmt: skip
SUM = {"kind": "in", "on": "2021-09-20", "amount": "500", "note": "First"}
NEW_READING = f"{reading_files.HEAD}\nZB-01,2020年,2020-12-31,准确,12,,统计表,\n"
NEW_PROJECT = f"{project_files.HEAD}\nQY-08,Project,产业招商,高端装备,,市市场监管局,2021-09-04,100,,,\n"
CHANGES = {
    "api:indicator-detail": {"name": "A better name"},
    "api:project-detail": {"name": "A better name"},
    "api:report-detail": {"done": "Three firms."},
    "api:task-detail": {"title": "A better title"},
}


# What the rows of the table are about ---------------------------------------------------------------------------------


@pytest.fixture
@replayed
def waiting(field, market, manager):
    """A task that its bureau has not signed for."""
    return factories.task(field, market, by=manager)


@pytest.fixture
@replayed
def declined(waiting, staff):
    return perform(workflow.DECLINE, waiting, by=staff, comment="Not ours.")


@pytest.fixture
@replayed
def claimed(finished, head):
    return factories.claim(finished, by=head)


@pytest.fixture
@replayed
def suspended(task, manager):
    return perform(workflow.SUSPEND, task, by=manager, comment="A law is awaited.")


@pytest.fixture
@replayed
def dropped(task, manager):
    return perform(workflow.DROP, task, by=manager, comment="Given up.")


@pytest.fixture
def lit_task(task, manager):
    """A task of which another light is shown than the computed one."""
    override(task, "yellow", by=manager, reason="The law is passed.")
    return task


@pytest.fixture
def lit_project(project, manager):
    override(project, "yellow", by=manager, reason="The site is cleared.")
    return project


@pytest.fixture
def light_rule(programme):
    return LightRule.objects.get(programme=programme)


@pytest.fixture
@replayed
def asked(task, staff):
    """More time for the whole task, not signed yet."""
    return factories.ask(task, None, by=staff, to_on=datetime.date(2022, 6, 30))


@pytest.fixture
@replayed
def signed(asked, head):
    return perform(workflow.SIGN, asked, by=head)


@pytest.fixture
def given(task, commerce, staff):
    """A part that the lead gave to the neighbour's bureau."""
    return factories.give(task, commerce, by=staff)


@pytest.fixture
def sent_back(given, neighbour):
    return perform(workflow.SEND_BACK_PART, given, by=neighbour, comment="Not ours.")


@pytest.fixture
def taken_on(given, neighbour):
    return perform(workflow.ACCEPT_PART, given, by=neighbour)


@pytest.fixture
def part_done(taken_on, neighbour):
    return perform(workflow.FINISH, taken_on, by=neighbour, comment="Handed over.")


@pytest.fixture
def filing(taken_on, programme, manager):
    """Owed on an accepted part, and not filed."""
    factories.open_period(programme, by=manager, month=12)
    return ExpectedPart.objects.get(part=taken_on)


@pytest.fixture
def proof(filing, neighbour):
    files, _refused = keep_files([factories.pdf()])
    factories.file_part(filing, by=neighbour, files=files)
    return PartFile.objects.get()


@pytest.fixture
@replayed
def waived(milestone, manager):
    return milestones.waive(milestone, by=manager, reason="A law was repealed.")


@pytest.fixture
@replayed
def taken(submitted, manager):
    return perform(workflow.TAKE, submitted, by=manager)


@pytest.fixture
def unsigned(report, admin):
    """Owed, in a programme whose bureau heads sign."""
    edit_programme(report.task.programme, {"sign_off": True}, by=admin)
    admin.forget()
    return factories.report_of(report.task, report.period)


@pytest.fixture
def laid(unsigned, staff):
    return perform(workflow.ASK_SIGN_OFF, unsigned, by=staff, content=factories.CONTENT)


@pytest.fixture
@replayed
def following(report, staff, manager):
    """The report after an approved one, with no milestone overdue."""
    factories.attach(report, by=staff, milestone=report.task.milestones.get(number=1))
    factories.approve(factories.submit(report, by=staff, milestones={"1": "2021-09-01"}), by=manager)
    return factories.report_of(
        report.task, factories.open_period(report.task.programme, by=manager, month=10)
    )


@pytest.fixture
@replayed
def deputised(head, staff):
    """The reporter stands in for the head."""
    days = {"starts_on": datetime.date(2021, 9, 24), "ends_on": datetime.date(2021, 10, 8)}
    return appoint_deputy(head.memberships.get(), staff, by=head, **days)


@pytest.fixture
@replayed
def kept_view(programme, manager):
    """A view of the register that a reviewer shares."""
    return save_view(programme, "tasks", by=manager, name="Late", query="overdue=true", is_shared=True)


@pytest.fixture
@replayed
def planned(programme, manager):
    return factories.planned_period(programme, by=manager, month=11)


@pytest.fixture
@replayed
def past(programme, manager):
    """Closed by hand, and its grace over since August."""
    return factories.close_period(factories.open_period(programme, by=manager, month=7), by=manager)


@pytest.fixture
def differing(past, programme, market, manager):
    """Frozen, with a signing entered since that was signed before its end."""
    frozen = perform(periods.FREEZE_PERIOD, past, by=manager)
    sector = signings.sector(programme, by=manager, number=9, name="海洋药物")
    signings.project(sector, market, by=manager, signed_on=datetime.date(2021, 7, 9))
    return frozen


@pytest.fixture
@replayed
def own_file(report, staff):
    """Not submitted yet: its bureau's own."""
    return factories.attach(report, by=staff)


@pytest.fixture
@replayed
def kept_file(own_file, report, staff):
    factories.submit(report, by=staff)
    return own_file


@pytest.fixture
def packed(programme, manager):
    """A package of records, ready to be taken away."""
    row = archive.ask_package(programme, by=manager, parts=[])
    return archive.make_package(row, by=manager, beat=lambda done, total: None)


@pytest.fixture
def sealed(db):
    """A checkpoint of the records."""
    return sign_checkpoint()


@pytest.fixture
@replayed
def dry_run(programme, field, market, manager):
    """A register that was uploaded and read, and can be applied."""
    return importing.imported(programme, sheets.plain(), by=manager)


@pytest.fixture
@replayed
def written(programme, field, market, manager):
    return importing.applied(programme, sheets.plain(), by=manager)


def read(kind, programme, admin, content):
    """A file of people or bureaus that was uploaded and read, and can be applied."""
    file = SimpleUploadedFile("名单.csv", content.encode())
    row = uploads.upload(KINDS[kind], programme, file, by=admin, start=background.read_import.call)
    return Import.objects.for_move().get(pk=row.pk)


@pytest.fixture
@replayed
def merged(region, commerce, programme, admin):
    """A bureau that is a part of another one since the first of the month."""
    old = factories.bureau("old", "原单位", parent=region)
    day = datetime.date(2021, 9, 1)
    return accounts.merge_bureau(old, commerce, by=admin, merged_on=day, comment="Reform.")


@pytest.fixture
@replayed
def people_run(programme, admin):
    return read("people", programme, admin, NEW["people"])


@pytest.fixture
@replayed
def bureau_run(programme, admin):
    return read("bureaus", programme, admin, NEW["bureau"])


@pytest.fixture
@replayed
def token(staff):
    return factories.token(staff)[0]


@pytest.fixture
@replayed
def own_photo(report, staff):
    return factories.attach(report, by=staff, name="photo.png", body=made.picture("PNG"))


@pytest.fixture
@replayed
def kept_photo(own_photo, report, staff):
    factories.submit(report, by=staff)
    return own_photo


@pytest.fixture
@replayed
def milestone(task):
    return task.milestones.get(number=1)


@pytest.fixture
@replayed
def expected(report):
    return report.expected


@pytest.fixture
@replayed
def excused(expected, manager):
    return programmes.exempt(expected, by=manager, reason="Nothing planned.")


@pytest.fixture
@replayed
def event(submitted):
    return Event.objects.filter(root_kind="task", root_id=submitted.task.pk).first()


@pytest.fixture
@replayed
def link(colleague, admin):
    """A link that somebody was given; its address holds the secret in the place of an id."""
    return SimpleNamespace(pk=accounts.make_link(colleague, by=admin))


@pytest.fixture
@replayed
def colleague(programme):
    return factories.member("colleague", programme, "auditor")


@pytest.fixture
@replayed
def reachable(colleague):
    return accounts.change_contact(colleague, by=colleague, email="colleague@example.cn", phone="")


@pytest.fixture
def locked(colleague):
    typed = {"username": colleague.username, "password": "wrong"}
    assert [Client().post(reverse("sign_in"), typed).status_code for _number in range(5)][-1] == 429
    return colleague


@pytest.fixture
@replayed
def closed(colleague, admin):
    return accounts.close_account(colleague, by=admin)


@pytest.fixture
def fair(programme, manager):
    return signings.event(programme, by=manager)


@pytest.fixture
def sector(programme, manager):
    return signings.sector(programme, by=manager)


@pytest.fixture
def partner(programme, manager):
    return signings.partner(programme, by=manager)


@pytest.fixture
def project(fair, sector, market, manager, staff):
    """Signed, and carried by the market bureau."""
    return signings.project(sector, market, by=manager, event=fair, code="QY-01")


@pytest.fixture
def rate(project):
    """By which the project is judged."""
    return signings.rate(project.programme, "start")


@pytest.fixture
def gate(project):
    return signings.gate(project, "framework")


@pytest.fixture
def proposed(project, staff):
    return signings.propose(project, by=staff)


@pytest.fixture
def gate_proof(proposed):
    return proposed.files.get()


@pytest.fixture
def gate_photo(project, staff):
    files = signings.proof("photo.png", made.picture("PNG"))
    return signings.propose(project, by=staff, files=files).files.get()


@pytest.fixture
def confirmed(proposed, manager):
    return signings.confirm(proposed, by=manager)


@pytest.fixture
def candidate(task, manager):
    """A task that may bring a breakthrough."""
    return breakings.flag(task, by=manager)


@pytest.fixture
def proved(candidate, staff):
    return breakings.prove(candidate, by=staff)


@pytest.fixture
def put_in(proved, staff):
    """Claimed, and waiting for the pilot office."""
    return breakings.claim(proved, by=staff)


@pytest.fixture
def recognised(put_in, manager):
    return breakings.recognise(put_in, by=manager)


@pytest.fixture
def passed_on(recognised, manager):
    return breakings.promote(recognised, by=manager)


@pytest.fixture
def claim_proof(proved):
    return proved.files.first()


@pytest.fixture
def claim_photo(candidate, staff):
    return drafts.attach_file(candidate, SimpleUploadedFile("photo.png", made.picture("PNG")), by=staff)


@pytest.fixture
def target(programme, manager):
    return breakings.target(programme, by=manager)


@pytest.fixture
def ended(project, manager):
    return perform(projects.TERMINATE, project, by=manager, comment="The investor withdrew.")


@pytest.fixture
def paid_in(project, staff):
    return signings.enter(project, 500, by=staff)


@pytest.fixture
def update(project, programme, manager):
    signings.open_quarter(programme, by=manager)
    return ExpectedUpdate.objects.get(project=project)


@pytest.fixture
def indicator(programme, market, manager, staff):
    """What the market bureau owes the readings of."""
    return indicating.indicator(programme, market, by=manager)


@pytest.fixture
def reading(indicator, staff):
    """One that waits for the pilot office."""
    return indicating.reading(indicator, by=staff)


@pytest.fixture
def in_force(reading, manager):
    return perform(indicators.APPROVE, reading, by=manager)


@pytest.fixture
def back(reading, manager):
    return perform(indicators.RETURN, reading, by=manager, comment="Which table?")


@pytest.fixture
def aim(indicator, manager):
    return indicating.target(indicator, by=manager)


@pytest.fixture
def reading_run(programme, indicator, manager):
    """A file of readings that was uploaded and read, and can be applied."""
    return reading_files.imported(programme, NEW_READING, by=manager)


@pytest.fixture
def project_run(programme, fair, sector, market, manager):
    """A file of projects that was uploaded and read, and can be applied."""
    return project_files.imported(programme, NEW_PROJECT, by=manager)


# Asking ---------------------------------------------------------------------------------------------------------------


def address(label, row):
    """The path of a line's address: `name` or `name:move`, about this row or about none."""
    name, _colon, move = label.removeprefix("api:").partition(":")
    of_one = row is not None and not name.endswith("-list")
    args = [part for part in (row.pk if of_one else None, move) if part]
    return reverse(f"api:{name}" if label.startswith("api:") else name, args=args)


def answer(key, method, label, row):
    """The code that the person of this session gets; whatever it did is in the records, and is undone."""
    client = with_key(APIClient() if label.startswith("api:") else Client(), key)
    path = address(label, row)
    point = transaction.savepoint()
    body = sent(client, method, label, path, row)
    with nothing_unrecorded():
        response = getattr(client, method.lower())(path, **body)
        leave(response)
    transaction.savepoint_rollback(point)
    return response.status_code


def sent(client, method, label, path, row):
    """What goes with the request; a change names the version that the person was shown."""
    if method == "PATCH" and label in CHANGES:
        tag = client.get(path).headers.get("ETag", "*")
        return {"data": CHANGES[label], "format": "json", "headers": {"If-Match": tag}}
    if method != "POST":
        return {}
    if label == "task_imports":
        return {"data": {"file": SimpleUploadedFile("台账.xlsx", sheets.plain())}}
    if label == "people_links":
        return {"data": {"person": "1"}}
    if label == "bureau_merging":
        other = row.region.members.exclude(pk=row.pk).first() or row
        return {"data": REASON | {"into": other.pk, "merged_on": "2021-09-01"}}
    if label in {"people_imports", "bureau_imports"}:
        content = NEW[label.removesuffix("_imports")].encode()
        return {"data": {"file": SimpleUploadedFile("名单.csv", content)}}
    if label == "reading_imports":
        return {"data": {"file": SimpleUploadedFile("指标.csv", NEW_READING.encode())}}
    if label == "api:reading-list":
        return {"data": READING | {"indicator": row.pk}, "format": "json"}
    if label == "api:reading-correct":
        return {"data": {"value": "12", "reason": "The table was revised."}, "format": "json"}
    if label == "project_imports":
        return {"data": {"file": SimpleUploadedFile("签约.csv", NEW_PROJECT.encode())}}
    if label in {"project_register", "api:project-list"}:
        return new_project(label)
    if label == "project_edit":
        return {"data": project_form(row)}
    if label in {"gate_propose", "api:gate-propose"}:
        return {"data": {"fact_on": "2021-09-04", "words": "Signed.", "files": factories.pdf()}}
    if label == "api:moneyevent-counter-entry":
        return {"data": BODIES[label], "format": "json"}
    if label == "api:moneyevent-list":
        return {"data": SUM | {"project": row.pk}, "format": "json"}
    if label == "api:breakthrough-proof":
        return {"data": {"file": factories.pdf(), "proves": "rule"}, "format": "multipart"}
    if label == "api:breakthrough-list":
        return {"data": {"task": row.pk}, "format": "json"}
    if label == "claim_file_add":
        return {"data": {"file": factories.pdf(), "proves": "rule"}}
    if label == "report_file_add":
        return {"data": {"file": factories.pdf()}}
    if label == "api:extension-list":
        wish = {"task": row.pk, "to_on": "2022-06-30", "cause": "The list is late."}
        return {"data": wish, "format": "json"}
    if label == "api:part-list":
        return {"data": PART | {"task": row.pk}, "format": "json"}
    if label == "api:evidence-list":
        return {"data": {"report": row.pk, "file": factories.pdf()}, "format": "multipart"}
    return {"data": REASON | BODIES.get(label, {})} | ({"format": "json"} if label.startswith("api:") else {})


def project_form(row=None):
    """What the form of a project sends."""
    sector = row.sector if row else Sector.objects.first()
    carrier = row.carrier if row else a_carrier()
    return PROJECT | {"sector": sector.pk if sector else "", "carrier": carrier.pk}


def a_carrier():
    """The bureau that carries the project; made where the test needed none."""
    region = Programme.objects.get(code="qd-2020").region
    known = Bureau.objects.filter(region=region, code="scjg").first()
    return known or factories.bureau("scjg", "青岛市市场监督管理局", "市市场监管局", parent=region)


def a_sector():
    """A sector of the programme; made where the test needed none."""
    return Sector.objects.first() or signings.sector(Programme.objects.get(code="qd-2020"), by=service_user())


def new_project(label):
    """A project to be registered, by a form or by a program."""
    sector = a_sector()
    if label == "project_register":
        return {"data": project_form()}
    body = PROJECT | {"sector": sector.pk, "carrier": a_carrier().code, "programme": "qd-2020"}
    return {"data": body, "format": "json"}


@pytest.mark.walk
@pytest.mark.parametrize("on", sorted({line[2] for line in LINES}))
def test_who_gets_which_answer(on, request, db, programme, finance):
    row = None if on == "-" else request.getfixturevalue(on)
    cast = [None if name == "anonymous" else request.getfixturevalue(name) for name in PEOPLE]
    keys = [key_of(person) for person in cast]
    expected = [line for line in LINES if line[2] == on]

    found = [
        [method, label, on, *(str(answer(key, method, label, row)) for key in keys)]
        for method, label, *_rest in expected
    ]

    assert found == expected


# Nothing else ---------------------------------------------------------------------------------------------------------


def names(patterns, space=""):
    """Every name in the URL conf, those of the API with their name space."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def labels():
    """Every name, once for each move where the address takes one."""
    for name in sorted(set(names(get_resolver().url_patterns))):
        if name.startswith("admin:"):
            continue  # the administration has a table of its own: test_permissions_admin.py
        moves = PAGE_MOVES.get(name)
        yield from (f"{name}:{move}" for move in moves) if moves else (name,)


def test_every_address_is_in_the_table():
    assert {label for _method, label, *_rest in LINES} == set(labels())


def test_every_move_has_its_own_address_in_the_api():
    moves = {f"api:{kind}-{name.replace('_', '-')}" for kind, table in API_MOVES.items() for name in table}

    assert moves <= set(labels())


@pytest.mark.walk
def test_every_other_method_is_refused(request, manager, own_file, own_photo, event, waiting):
    listed = {(method, label) for method, label, *_rest in LINES}
    about = {
        label: None if on == "-" else request.getfixturevalue(ANY.get(on, on))
        for _m, label, on, *_rest in LINES
    }
    others = [pair for pair in itertools.product(METHODS, about) if pair not in listed]

    key = key_of(manager)
    answers = {(method, label): answer(key, method, label, about[label]) for method, label in others}

    assert {pair: code for pair, code in answers.items() if code != 405} == {}


@pytest.mark.parametrize("name", sorted(PAGE_MOVES.keys() - {"bureau_handing_over", "figures"}))
def test_a_move_that_is_none_is_not_found(
    name,
    manager,
    task,
    report,
    period,
    dry_run,
    kept_view,
    asked,
    given,
    milestone,
    project,
    gate,
    candidate,
    project_run,
    reading,
    reading_run,
    sign_in,
):
    row = {"task_move": task, "extension_move": asked, "milestone_act": milestone,
           "report_move": report, "part_move": given, "period_move": period, "person_act": manager,
           "task_import_move": dry_run, "people_import_move": dry_run, "bureau_import_move": dry_run,
           "view_act": kept_view, "desk_item": asked, "project_move": project, "gate_move": gate,
           "breakthrough_move": candidate,
           "project_import_move": project_run, "reading_move": reading,
           "reading_import_move": reading_run}[name]  # fmt: skip

    assert sign_in(manager).post(reverse(name, args=[row.pk, "explode"]), REASON).status_code == 404
