"""One table for the administration: who gets which answer at which address. An address that is not in it fails.

302 is the way on after something was done, or to the sign-in page; 403 is for people who may not come in, and for what
they see and may not do; 404 for a row out of sight, 405 for what nobody does there, 409 for what is not possible now.
"""

import itertools

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests import factories
from tests import test_permissions as pages
from tests.administration import sent_rows
from tests.answers import key_of, leave, with_key
from tests.replay import replayed
from tests.watch import nothing_unrecorded

pytestmark = pytest.mark.walk

PEOPLE = pages.PEOPLE
METHODS = pages.METHODS
TABLE = """
method address                                         on          ano sta hea nei man ma2 aud adm str roo
GET    index                                           -           302 403 403 403 200 200 200 200 403 200
GET    login                                           -           302 302 302 302 302 302 302 302 302 302
GET    logout                                          -           302 302 302 302 302 302 302 302 302 302
GET    password_change                                 -           302 302 302 302 302 302 302 302 302 302
GET    accounts_bureau_changelist                      -           302 403 403 403 200 200 200 200 403 200
GET    accounts_bureau_add                             -           302 403 403 403 403 403 403 200 403 200
POST   accounts_bureau_add                             -           302 403 403 403 403 403 403 302 403 302
GET    accounts_bureau_change                          market      302 403 403 403 200 200 200 200 403 200
POST   accounts_bureau_change                          market      302 403 403 403 403 403 403 302 403 302
GET    accounts_bureau_history                         market      302 403 403 403 200 200 200 200 403 200
GET    programmes_membership_changelist                -           302 403 403 403 200 200 200 200 403 200
POST   programmes_membership_changelist:end            membership  302 403 403 403 400 400 400 400 403 400
GET    programmes_membership_add                       -           302 403 403 403 403 403 403 200 403 200
POST   programmes_membership_add                       colleague   302 403 403 403 403 403 403 302 403 302
GET    programmes_membership_change                    membership  302 403 403 403 404 404 404 200 403 200
GET    programmes_membership_history                   membership  302 403 403 403 404 404 404 200 403 200
POST   programmes_membership_do:end                    membership  302 403 403 403 404 404 404 400 403 400
GET    accounts_user_changelist                        -           302 403 403 403 200 200 200 200 403 200
GET    accounts_user_add                               -           302 403 403 403 403 403 403 200 403 200
POST   accounts_user_add                               -           302 403 403 403 403 403 403 302 403 302
GET    accounts_user_change                            colleague   302 403 403 403 404 404 404 200 403 200
POST   accounts_user_change                            colleague   302 403 403 403 404 404 404 302 403 302
GET    accounts_user_history                           colleague   302 403 403 403 404 404 404 200 403 200
GET    programmes_period_changelist                    -           302 403 403 403 200 200 200 200 403 200
POST   programmes_period_changelist:open               planned     302 403 403 403 302 302 302 302 403 302
POST   programmes_period_changelist:enter_grace        planned     302 403 403 403 302 302 302 302 403 302
POST   programmes_period_changelist:close              planned     302 403 403 403 302 302 302 302 403 302
POST   programmes_period_changelist:freeze             planned     302 403 403 403 302 302 302 302 403 302
GET    programmes_period_add                           -           302 403 403 403 200 200 403 200 403 403
POST   programmes_period_add                           -           302 403 403 403 302 302 403 302 403 403
GET    programmes_period_change                        planned     302 403 403 403 200 200 200 200 403 404
POST   programmes_period_change                        planned     302 403 403 403 302 302 403 403 403 404
GET    programmes_period_history                       planned     302 403 403 403 200 200 200 200 403 404
POST   programmes_period_do:open                       planned     302 403 403 403 302 302 403 403 403 404
POST   programmes_period_do:enter_grace                period      302 403 403 403 302 302 403 403 403 404
POST   programmes_period_do:close                      period      302 403 403 403 302 302 403 403 403 404
POST   programmes_period_do:freeze                     past        302 403 403 403 302 302 403 403 403 404
GET    programmes_programme_changelist                 -           302 403 403 403 200 200 200 200 403 200
GET    programmes_programme_add                        -           302 403 403 403 403 403 403 403 403 200
POST   programmes_programme_add                        -           302 403 403 403 403 403 403 403 403 302
GET    programmes_programme_change                     programme   302 403 403 403 200 200 200 200 403 200
POST   programmes_programme_change                     programme   302 403 403 403 302 302 403 302 403 302
GET    programmes_programme_history                    programme   302 403 403 403 200 200 200 200 403 200
GET    programmes_workingday_changelist                -           302 403 403 403 200 200 200 200 403 200
POST   programmes_workingday_changelist:remove         working_day 302 403 403 403 302 302 302 302 403 302
GET    programmes_workingday_add                       -           302 403 403 403 403 403 403 200 403 200
POST   programmes_workingday_add                       -           302 403 403 403 403 403 403 302 403 302
GET    programmes_workingday_change                    working_day 302 403 403 403 200 200 200 200 403 200
POST   programmes_workingday_change                    working_day 302 403 403 403 403 403 403 302 403 302
GET    programmes_workingday_history                   working_day 302 403 403 403 200 200 200 200 403 200
POST   programmes_workingday_do:remove                 working_day 302 403 403 403 403 403 403 302 403 302
GET    tasks_reportfile_changelist                     -           302 403 403 403 200 200 200 200 403 200
GET    tasks_reportfile_change                         kept_file   302 403 403 403 200 200 200 200 403 404
GET    tasks_reportfile_history                        kept_file   302 403 403 403 200 200 200 200 403 404
GET    tasks_field_changelist                          -           302 403 403 403 200 200 200 200 403 200
GET    tasks_field_add                                 -           302 403 403 403 200 200 403 200 403 403
POST   tasks_field_add                                 -           302 403 403 403 302 302 403 302 403 403
GET    tasks_field_change                              field       302 403 403 403 200 200 200 200 403 404
POST   tasks_field_change                              field       302 403 403 403 302 302 403 302 403 404
GET    tasks_field_history                             field       302 403 403 403 200 200 200 200 403 404
GET    tasks_task_changelist                           -           302 403 403 403 200 200 200 200 403 200
POST   tasks_task_changelist:accept                    waiting     302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:decline                   waiting     302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:assign_again              declined    302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:hand_over                 waiting     302 403 403 403 400 400 400 400 403 400
POST   tasks_task_changelist:claim                     finished    302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:withdraw_claim            claimed     302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:verify                    claimed     302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:send_back                 claimed     302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:suspend                   task        302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:resume                    suspended   302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:drop                      task        302 403 403 403 302 302 302 302 403 302
POST   tasks_task_changelist:reopen                    dropped     302 403 403 403 302 302 302 302 403 302
GET    tasks_task_add                                  -           302 403 403 403 200 200 403 200 403 403
POST   tasks_task_add                                  field       302 403 403 403 302 302 403 302 403 403
GET    tasks_task_change                               task        302 403 403 403 200 200 200 200 403 404
POST   tasks_task_change                               task        302 403 403 403 302 302 403 302 403 404
GET    tasks_task_history                              task        302 403 403 403 200 200 200 200 403 404
POST   tasks_task_do:accept                            waiting     302 403 403 403 403 403 403 403 403 404
POST   tasks_task_do:decline                           waiting     302 403 403 403 403 403 403 403 403 404
POST   tasks_task_do:assign_again                      declined    302 403 403 403 302 302 403 403 403 404
POST   tasks_task_do:hand_over                         waiting     302 403 403 403 400 400 403 403 403 404
POST   tasks_task_do:claim                             finished    302 403 403 403 403 403 403 403 403 404
POST   tasks_task_do:withdraw_claim                    claimed     302 403 403 403 403 403 403 403 403 404
POST   tasks_task_do:verify                            claimed     302 403 403 403 302 302 403 403 403 404
POST   tasks_task_do:send_back                         claimed     302 403 403 403 302 302 403 403 403 404
POST   tasks_task_do:suspend                           task        302 403 403 403 302 302 403 403 403 404
POST   tasks_task_do:resume                            suspended   302 403 403 403 302 302 403 403 403 404
POST   tasks_task_do:drop                              task        302 403 403 403 302 302 403 403 403 404
POST   tasks_task_do:reopen                            dropped     302 403 403 403 302 302 403 403 403 404
GET    tasks_milestone_changelist                      -           302 403 403 403 200 200 200 200 403 200
GET    tasks_milestone_change                          milestone   302 403 403 403 200 200 200 200 403 404
GET    tasks_milestone_history                         milestone   302 403 403 403 200 200 200 200 403 404
POST   tasks_milestone_changelist:waive                milestone   302 403 403 403 302 302 302 302 403 302
POST   tasks_milestone_changelist:unwaive              milestone   302 403 403 403 302 302 302 302 403 302
POST   tasks_milestone_do:waive                        milestone   302 403 403 403 302 302 403 403 403 404
POST   tasks_milestone_do:unwaive                      waived      302 403 403 403 302 302 403 403 403 404
GET    tasks_part_changelist                           -           302 403 403 403 200 200 200 200 403 200
POST   tasks_part_changelist:accept                    given       302 403 403 403 302 302 302 302 403 302
POST   tasks_part_changelist:send_back                 given       302 403 403 403 302 302 302 302 403 302
POST   tasks_part_changelist:give_again                sent_back   302 403 403 403 302 302 302 302 403 302
POST   tasks_part_changelist:finish                    taken_on    302 403 403 403 302 302 302 302 403 302
POST   tasks_part_changelist:reopen                    part_done   302 403 403 403 302 302 302 302 403 302
POST   tasks_part_changelist:end                       given       302 403 403 403 302 302 302 302 403 302
GET    tasks_part_change                               given       302 403 403 403 200 200 200 200 403 404
GET    tasks_part_history                              given       302 403 403 403 200 200 200 200 403 404
POST   tasks_part_do:accept                            given       302 403 403 403 403 403 403 403 403 404
POST   tasks_part_do:send_back                         given       302 403 403 403 403 403 403 403 403 404
POST   tasks_part_do:give_again                        sent_back   302 403 403 403 302 302 403 403 403 404
POST   tasks_part_do:finish                            taken_on    302 403 403 403 403 403 403 403 403 404
POST   tasks_part_do:reopen                            part_done   302 403 403 403 302 302 403 403 403 404
POST   tasks_part_do:end                               given       302 403 403 403 302 302 403 403 403 404
GET    tasks_expectedpart_changelist                   -           302 403 403 403 200 200 200 200 403 200
POST   tasks_expectedpart_changelist:exempt            filing      302 403 403 403 302 302 302 302 403 302
POST   tasks_expectedpart_changelist:grant_exception   filing      302 403 403 403 400 400 400 400 403 400
GET    tasks_expectedpart_change                       filing      302 403 403 403 200 200 200 200 403 404
GET    tasks_expectedpart_history                      filing      302 403 403 403 200 200 200 200 403 404
POST   tasks_expectedpart_do:exempt                    filing      302 403 403 403 302 302 403 403 403 404
POST   tasks_expectedpart_do:grant_exception           filing      302 403 403 403 400 400 400 400 403 404
GET    tasks_extension_changelist                      -           302 403 403 403 200 200 200 200 403 200
POST   tasks_extension_changelist:sign                 asked       302 403 403 403 302 302 302 302 403 302
POST   tasks_extension_changelist:grant                signed      302 403 403 403 302 302 302 302 403 302
POST   tasks_extension_changelist:refuse               signed      302 403 403 403 302 302 302 302 403 302
POST   tasks_extension_changelist:withdraw             asked       302 403 403 403 302 302 302 302 403 302
GET    tasks_extension_change                          asked       302 403 403 403 200 200 200 200 403 404
GET    tasks_extension_history                         asked       302 403 403 403 200 200 200 200 403 404
POST   tasks_extension_do:sign                         asked       302 403 403 403 403 403 403 403 403 404
POST   tasks_extension_do:grant                        signed      302 403 403 403 302 302 403 403 403 404
POST   tasks_extension_do:refuse                       signed      302 403 403 403 302 302 403 403 403 404
POST   tasks_extension_do:withdraw                     asked       302 403 403 403 403 403 403 403 403 404
GET    tasks_report_changelist                         -           302 403 403 403 200 200 200 200 403 200
POST   tasks_report_changelist:submit                  submitted   302 403 403 403 302 302 302 302 403 302
POST   tasks_report_changelist:withdraw                submitted   302 403 403 403 302 302 302 302 403 302
POST   tasks_report_changelist:take                    submitted   302 403 403 403 302 302 302 302 403 302
POST   tasks_report_changelist:put_back                submitted   302 403 403 403 302 302 302 302 403 302
POST   tasks_report_changelist:approve                 submitted   302 403 403 403 302 302 302 302 403 302
POST   tasks_report_changelist:return                  submitted   302 403 403 403 302 302 302 302 403 302
POST   tasks_report_changelist:reopen                  submitted   302 403 403 403 302 302 302 302 403 302
GET    tasks_report_change                             submitted   302 403 403 403 200 200 200 200 403 404
GET    tasks_report_history                            submitted   302 403 403 403 200 200 200 200 403 404
POST   tasks_report_do:submit                          submitted   302 403 403 403 403 403 403 403 403 404
POST   tasks_report_do:withdraw                        submitted   302 403 403 403 403 403 403 403 403 404
POST   tasks_report_do:take                            submitted   302 403 403 403 302 302 403 403 403 404
POST   tasks_report_do:put_back                        taken       302 403 403 403 302 302 403 403 403 404
POST   tasks_report_do:approve                         submitted   302 403 403 403 302 302 403 403 403 404
POST   tasks_report_do:return                          submitted   302 403 403 403 302 302 403 403 403 404
POST   tasks_report_do:reopen                          approved    302 403 403 403 302 302 403 403 403 404
GET    tasks_expectedreport_changelist                 -           302 403 403 403 200 200 200 200 403 200
POST   tasks_expectedreport_changelist:exempt          expected    302 403 403 403 302 302 302 302 403 302
POST   tasks_expectedreport_changelist:grant_exception expected    302 403 403 403 400 400 400 400 403 400
GET    tasks_expectedreport_change                     expected    302 403 403 403 200 200 200 200 403 404
GET    tasks_expectedreport_history                    expected    302 403 403 403 200 200 200 200 403 404
POST   tasks_expectedreport_do:exempt                  expected    302 403 403 403 302 302 403 403 403 404
POST   tasks_expectedreport_do:grant_exception         expected    302 403 403 403 400 400 400 400 403 404
GET    projects_sector_changelist                      -           302 403 403 403 200 200 200 200 403 200
GET    projects_sector_add                             -           302 403 403 403 200 200 403 200 403 403
POST   projects_sector_add                             -           302 403 403 403 302 302 403 302 403 403
GET    projects_sector_change                          sector      302 403 403 403 200 200 200 200 403 404
GET    projects_sector_history                         sector      302 403 403 403 200 200 200 200 403 404
POST   projects_sector_change                          sector      302 403 403 403 302 302 403 302 403 404
GET    lights_lightrule_changelist                     -           302 403 403 403 200 200 200 200 403 200
GET    lights_lightrule_change                         light_rule  302 403 403 403 200 200 200 200 403 404
GET    lights_lightrule_history                        light_rule  302 403 403 403 200 200 200 200 403 404
POST   lights_lightrule_change                         light_rule  302 403 403 403 302 302 403 302 403 404
GET    projects_rate_changelist                        -           302 403 403 403 200 200 200 200 403 200
GET    projects_rate_add                               -           302 403 403 403 200 200 403 200 403 403
POST   projects_rate_add                               -           302 403 403 403 302 302 403 302 403 403
GET    projects_rate_change                            rate        302 403 403 403 200 200 200 200 403 404
GET    projects_rate_history                           rate        302 403 403 403 200 200 200 200 403 404
POST   projects_rate_change                            rate        302 403 403 403 302 302 403 302 403 404
GET    projects_signingevent_changelist                -           302 403 403 403 200 200 200 200 403 200
GET    projects_signingevent_add                       -           302 403 403 403 200 200 403 200 403 403
POST   projects_signingevent_add                       -           302 403 403 403 302 302 403 302 403 403
GET    projects_signingevent_change                    fair        302 403 403 403 200 200 200 200 403 404
GET    projects_signingevent_history                   fair        302 403 403 403 200 200 200 200 403 404
POST   projects_signingevent_change                    fair        302 403 403 403 302 302 403 302 403 404
GET    projects_partner_changelist                     -           302 403 403 403 200 200 200 200 403 200
GET    projects_partner_add                            -           302 403 403 403 200 200 403 200 403 403
POST   projects_partner_add                            -           302 403 403 403 302 302 403 302 403 403
GET    projects_partner_change                         partner     302 403 403 403 200 200 200 200 403 404
GET    projects_partner_history                        partner     302 403 403 403 200 200 200 200 403 404
POST   projects_partner_change                         partner     302 403 403 403 302 302 403 302 403 404
GET    projects_project_changelist                     -           302 403 403 403 200 200 200 200 403 200
GET    projects_project_add                            -           302 403 403 403 200 200 403 200 403 403
POST   projects_project_add                            sector      302 403 403 403 302 302 403 302 403 403
GET    projects_project_change                         project     302 403 403 403 200 200 200 200 403 404
GET    projects_project_history                        project     302 403 403 403 200 200 200 200 403 404
POST   projects_project_change                         project     302 403 403 403 302 302 403 302 403 404
POST   projects_project_changelist:terminate           project     302 403 403 403 302 302 302 302 403 302
POST   projects_project_changelist:remove              project     302 403 403 403 302 302 302 302 403 302
POST   projects_project_changelist:reinstate           ended       302 403 403 403 302 302 302 302 403 302
POST   projects_project_do:terminate                   project     302 403 403 403 302 302 403 403 403 404
POST   projects_project_do:remove                      project     302 403 403 403 302 302 403 403 403 404
POST   projects_project_do:reinstate                   ended       302 403 403 403 302 302 403 403 403 404
GET    projects_gate_changelist                        -           302 403 403 403 200 200 200 200 403 200
GET    projects_gate_change                            gate        302 403 403 403 200 200 200 200 403 404
GET    projects_gate_history                           gate        302 403 403 403 200 200 200 200 403 404
POST   projects_gate_changelist:propose                gate        302 403 403 403 302 302 302 302 403 302
POST   projects_gate_changelist:withdraw               proposed    302 403 403 403 302 302 302 302 403 302
POST   projects_gate_changelist:confirm                proposed    302 403 403 403 302 302 302 302 403 302
POST   projects_gate_changelist:return                 proposed    302 403 403 403 302 302 302 302 403 302
POST   projects_gate_changelist:correct                confirmed   302 403 403 403 302 302 302 302 403 302
POST   projects_gate_do:propose                        gate        302 403 403 403 403 403 403 403 403 404
POST   projects_gate_do:withdraw                       proposed    302 403 403 403 403 403 403 403 403 404
POST   projects_gate_do:confirm                        proposed    302 403 403 403 302 302 403 403 403 404
POST   projects_gate_do:return                         proposed    302 403 403 403 302 302 403 403 403 404
POST   projects_gate_do:correct                        confirmed   302 403 403 403 302 302 403 403 403 404
GET    projects_gatefile_changelist                    -           302 403 403 403 200 200 200 200 403 200
GET    projects_gatefile_change                        gate_proof  302 403 403 403 200 200 200 200 403 404
GET    projects_gatefile_history                       gate_proof  302 403 403 403 200 200 200 200 403 404
GET    projects_moneyevent_changelist                  -           302 403 403 403 200 200 200 200 403 200
GET    projects_moneyevent_change                      paid_in     302 403 403 403 200 200 200 200 403 404
GET    projects_moneyevent_history                     paid_in     302 403 403 403 200 200 200 200 403 404
GET    projects_expectedupdate_changelist              -           302 403 403 403 200 200 200 200 403 200
GET    projects_expectedupdate_change                  update      302 403 403 403 200 200 200 200 403 404
GET    projects_expectedupdate_history                 update      302 403 403 403 200 200 200 200 403 404
POST   projects_expectedupdate_changelist:file         update      302 403 403 403 302 302 302 302 403 302
POST   projects_expectedupdate_changelist:exempt       update      302 403 403 403 302 302 302 302 403 302
POST   projects_expectedupdate_changelist:grant_exception update      302 403 403 403 400 400 400 400 403 400
POST   projects_expectedupdate_do:file                 update      302 403 403 403 403 403 403 403 403 404
POST   projects_expectedupdate_do:exempt               update      302 403 403 403 302 302 403 403 403 404
POST   projects_expectedupdate_do:grant_exception      update      302 403 403 403 400 400 400 400 403 404
GET    breakthroughs_breakthrough_changelist           -           302 403 403 403 200 200 200 200 403 200
GET    breakthroughs_breakthrough_change               candidate   302 403 403 403 200 200 200 200 403 404
GET    breakthroughs_breakthrough_history              candidate   302 403 403 403 200 200 200 200 403 404
POST   breakthroughs_breakthrough_changelist:withdraw  put_in      302 403 403 403 302 302 302 302 403 302
POST   breakthroughs_breakthrough_changelist:recognise put_in      302 403 403 403 302 302 302 302 403 302
POST   breakthroughs_breakthrough_changelist:return    put_in      302 403 403 403 302 302 302 302 403 302
POST   breakthroughs_breakthrough_changelist:not_recognise put_in      302 403 403 403 302 302 302 302 403 302
POST   breakthroughs_breakthrough_changelist:revoke    recognised  302 403 403 403 302 302 302 302 403 302
POST   breakthroughs_breakthrough_changelist:take_off  candidate   302 403 403 403 302 302 302 302 403 302
POST   breakthroughs_breakthrough_do:withdraw          put_in      302 403 403 403 403 403 403 403 403 404
POST   breakthroughs_breakthrough_do:recognise         put_in      302 403 403 403 302 302 403 403 403 404
POST   breakthroughs_breakthrough_do:return            put_in      302 403 403 403 302 302 403 403 403 404
POST   breakthroughs_breakthrough_do:not_recognise     put_in      302 403 403 403 302 302 403 403 403 404
POST   breakthroughs_breakthrough_do:revoke            recognised  302 403 403 403 302 302 403 403 403 404
POST   breakthroughs_breakthrough_do:take_off          candidate   302 403 403 403 302 302 403 403 403 404
GET    breakthroughs_claimfile_changelist              -           302 403 403 403 200 200 200 200 403 200
GET    breakthroughs_claimfile_change                  claim_proof 302 403 403 403 200 200 200 200 403 404
GET    breakthroughs_claimfile_history                 claim_proof 302 403 403 403 200 200 200 200 403 404
GET    breakthroughs_breakthroughtarget_changelist     -           302 403 403 403 200 200 200 200 403 200
GET    breakthroughs_breakthroughtarget_change         target      302 403 403 403 200 200 200 200 403 404
GET    breakthroughs_breakthroughtarget_history        target      302 403 403 403 200 200 200 200 403 404
GET    indicators_indicator_changelist                 -           302 403 403 403 200 200 200 200 403 200
GET    indicators_indicator_add                        -           302 403 403 403 200 200 403 200 403 403
POST   indicators_indicator_add                        indicator   302 403 403 403 302 302 403 302 403 403
GET    indicators_indicator_change                     indicator   302 403 403 403 200 200 200 200 403 404
POST   indicators_indicator_change                     indicator   302 403 403 403 302 302 403 302 403 404
GET    indicators_indicator_history                    indicator   302 403 403 403 200 200 200 200 403 404
POST   indicators_indicator_changelist:end             indicator   302 403 403 403 302 302 302 302 403 302
POST   indicators_indicator_do:end                     indicator   302 403 403 403 302 302 403 302 403 404
GET    indicators_indicatortarget_changelist           -           302 403 403 403 200 200 200 200 403 200
GET    indicators_indicatortarget_add                  -           302 403 403 403 200 200 403 200 403 403
POST   indicators_indicatortarget_add                  indicator   302 403 403 403 302 302 403 302 403 403
GET    indicators_indicatortarget_change               aim         302 403 403 403 200 200 200 200 403 404
POST   indicators_indicatortarget_change               aim         302 403 403 403 302 302 403 302 403 404
GET    indicators_indicatortarget_history              aim         302 403 403 403 200 200 200 200 403 404
GET    indicators_reading_changelist                   -           302 403 403 403 200 200 200 200 403 200
GET    indicators_reading_change                       reading     302 403 403 403 200 200 200 200 403 404
GET    indicators_reading_history                      reading     302 403 403 403 200 200 200 200 403 404
POST   indicators_reading_changelist:withdraw          reading     302 403 403 403 302 302 302 302 403 302
POST   indicators_reading_changelist:submit            back        302 403 403 403 302 302 302 302 403 302
POST   indicators_reading_changelist:approve           reading     302 403 403 403 302 302 302 302 403 302
POST   indicators_reading_changelist:return            reading     302 403 403 403 302 302 302 302 403 302
POST   indicators_reading_changelist:reopen            in_force    302 403 403 403 302 302 302 302 403 302
POST   indicators_reading_do:withdraw                  reading     302 403 403 403 403 403 403 403 403 404
POST   indicators_reading_do:submit                    back        302 403 403 403 302 302 403 403 403 404
POST   indicators_reading_do:approve                   reading     302 403 403 403 302 302 403 403 403 404
POST   indicators_reading_do:return                    reading     302 403 403 403 302 302 403 403 403 404
POST   indicators_reading_do:reopen                    in_force    302 403 403 403 302 302 403 403 403 404
GET    audit_event_changelist                          -           302 403 403 403 200 200 200 200 403 200
GET    audit_event_change                              event       302 403 403 403 200 200 200 200 403 404
"""
LINES = [line.split() for line in TABLE.strip().splitlines()[1:] if line.strip()]

waiting, taken, planned, past = pages.waiting, pages.taken, pages.planned, pages.past
expected = pages.expected
declined, claimed, suspended, dropped = pages.declined, pages.claimed, pages.suspended, pages.dropped
asked, signed, waived = pages.asked, pages.signed, pages.waived
given, sent_back, taken_on, part_done = pages.given, pages.sent_back, pages.taken_on, pages.part_done
filing = pages.filing
sector, fair, partner, project, ended = pages.sector, pages.fair, pages.partner, pages.project, pages.ended
rate, light_rule = pages.rate, pages.light_rule
gate, proposed, confirmed, gate_proof = pages.gate, pages.proposed, pages.confirmed, pages.gate_proof
paid_in, update = pages.paid_in, pages.update
candidate, proved, put_in, recognised = pages.candidate, pages.proved, pages.put_in, pages.recognised
claim_proof, target = pages.claim_proof, pages.target
indicator, aim = pages.indicator, pages.aim
reading, in_force, back = pages.reading, pages.in_force, pages.back
milestone, own_file, kept_file, event = pages.milestone, pages.own_file, pages.kept_file, pages.event


@pytest.fixture
@replayed
def colleague(programme, market):
    return factories.member("colleague", programme, "staff", market)


@pytest.fixture
@replayed
def membership(colleague):
    return colleague.memberships.get()


@pytest.fixture
@replayed
def working_day(service):
    return factories.working_day("2022-01-03")


FAIR = {
    "fair": "样例展会",
    "occasion": "样例日",
    "place": "北京",
    "starts_on": "2021-09-02",
    "ends_on": "2021-09-07",
}
RATE = {
    "number": "20", "name": "终止率", "numerator": "terminated", "denominator": "signed", "by": "both",
    "cohort": "signed", "cut_off": "fact", "exclusions": ["uncountable"], "valid_from": "2021-09-24",
}  # fmt: skip
SIGNED = pages.PROJECT | {"currency": "CNY"}
MEASURE = {
    "name": "服务外包执行额", "unit": "元", "scale": "1", "decimals": "0", "direction": "up", "formula": "当年累计",
    "position": "9",
}  # fmt: skip
AIM = {"period": "2022年", "on": "2022-12-31", "value": "30"}
BODIES = {
    "indicators_indicator_add": lambda row, programme: MEASURE | {
        "code": "ZB-09", "form": "figure", "owner": row.owner_id,
    },
    "indicators_indicator_change": lambda row, programme: MEASURE | {"owner": row.owner_id},
    "indicators_indicatortarget_add": lambda row, programme: AIM | {"indicator": row.pk, "kind": "target"},
    "indicators_indicatortarget_change": lambda row, programme: AIM,
    "accounts_bureau_add": lambda row, programme: {
        "code": "new", "name": "新单位", "short_name": "新单位", "kind": "bureau", "parent": programme.region_id,
        "position": "1",
    },
    "accounts_bureau_change": lambda row, programme: {
        "code": row.code, "name": row.name, "short_name": "市场局", "kind": row.kind, "parent": row.parent_id,
        "position": "1",
    },
    "accounts_user_add": lambda row, programme: {
        "username": "wang", "name": "王芳", "programme": programme.pk, "role": "auditor", "starts_on": "2021-09-01",
    },
    "accounts_user_change": lambda row, programme: {"name": "王芳"},
    "programmes_membership_add": lambda row, programme: {
        "person": row.pk, "programme": programme.pk, "role": "head", "bureau": row.memberships.get().bureau_id,
        "starts_on": "2021-09-01",
    },
    "programmes_period_add": lambda row, programme: {"month": "2021-12"},
    "programmes_period_change": lambda row, programme: pages.BODIES["period_edit"],
    "programmes_programme_add": lambda row, programme: {
        "code": "new", "name": "新试点", "region": programme.region_id, "starts_on": "2025-01-01",
        "ends_on": "2027-12-31",
    },
    "programmes_programme_change": lambda row, programme: pages.BODIES["programme_edit"],
    "programmes_workingday_add": lambda row, programme: sent_rows(
        "days", {"first": "2022-05-01", "kind": "off", "name": "劳动节"}
    ),
    "programmes_workingday_change": lambda row, programme: {"is_working": "True", "name": "元旦"},
    "lights_lightrule_change": lambda row, programme: {
        "gap_yellow": "5", "gap_red": "30", "ahead_points": "10", "milestone_days": "7", "start_yellow": "1",
        "start_red": "3", "late_report": "yellow", "missing_report": "red", "valid_from": "2021-09-24",
        "comment": "By the notice.",
    },
    "projects_rate_add": lambda row, programme: RATE | {"code": "ended"},
    "projects_rate_change": lambda row, programme: RATE | {"comment": "By the notice."},
    "projects_sector_add": lambda row, programme: {"number": "7", "name": "新产业"},
    "projects_sector_change": lambda row, programme: {"number": "1", "name": "新名称"},
    "projects_signingevent_add": lambda row, programme: {"code": "new", **FAIR},
    "projects_signingevent_change": lambda row, programme: {"code": row.code, **FAIR},
    "projects_partner_add": lambda row, programme: {"name": "新样例公司", "country": "中国"},
    "projects_partner_change": lambda row, programme: {"name": "新样例公司", "country": "中国"},
    "projects_project_add": lambda row, programme: SIGNED | {
        "sector": row.pk, "carrier": programme.region.members.first().pk,
    },
    "projects_project_change": lambda row, programme: SIGNED | {"sector": row.sector_id, "carrier": row.carrier_id},
    "tasks_field_add": lambda row, programme: {"number": "7", "name": "新领域"},
    "tasks_field_change": lambda row, programme: {"number": "1", "name": "新名称"},
    "tasks_task_add": lambda row, programme: {
        "code": "9-01", "field": row.pk, "title": "Title", "lead": programme.region.members.first().pk,
        "standard": "Ten.", "starts_on": "2021-01-01", "due_on": "2022-01-01", "position": "1",
    } | sent_rows("milestones", {"title": "Plan", "plan_on": "2021-06-30"}),
    "tasks_task_change": lambda row, programme: {
        "field": row.field_id, "title": "Title", "standard": "Ten.", "starts_on": "2021-01-01", "due_on": "2022-01-01",
        "position": "1",
    } | sent_rows("milestones"),
}  # fmt: skip
"""What is sent to the forms; anything else is sent a reason alone."""
ENDS = {"terminate", "remove"}
"""Acts that are sent the day on which it ended, too."""


def address(label, row):
    name, _colon, act = label.partition(":")
    is_list = row is None or name.endswith(("_add", "_changelist"))
    args = [] if is_list else [row.pk, *([act] if act else [])]
    return reverse(f"admin:{name}", args=args)


def answer(key, method, label, row, programme):
    """The code that the person of this session gets; whatever it did is in the records, and is undone."""
    client = with_key(Client(), key)
    name, _colon, act = label.partition(":")
    body = {"comment": "For a reason."} | ({"day": "2021-09-20"} if act in ENDS else {})
    if method == "POST" and name in BODIES:
        body = BODIES[name](row, programme)
    if name.endswith("_changelist"):
        body |= {"act": act, "row": row.pk if row else "", "tried": f"{act}:{row.pk if row else ''}"}
    point = transaction.savepoint()
    with nothing_unrecorded():
        response = getattr(client, method.lower())(
            address(name if name.endswith("_changelist") else label, row), body
        )
        leave(response)
    transaction.savepoint_rollback(point)
    return response.status_code


@pytest.mark.parametrize("on", sorted({line[2] for line in LINES}))
def test_who_gets_which_answer(on, request, db, programme, market):
    row = None if on == "-" else request.getfixturevalue(on)
    cast = [None if name == "anonymous" else request.getfixturevalue(name) for name in PEOPLE]
    keys = [key_of(person) for person in cast]
    expected = [line for line in LINES if line[2] == on]

    found = [
        [method, label, on, *(str(answer(key, method, label, row, programme)) for key in keys)]
        for method, label, *_rest in expected
    ]

    assert found == expected


def names():
    return {
        name.removeprefix("admin:")
        for name in pages.names(get_resolver().url_patterns)
        if name.startswith("admin:")
    }


def test_every_address_is_in_the_table():
    assert {label.partition(":")[0] for _method, label, *_rest in LINES} == names()


def test_every_other_method_is_refused(request, admin, programme):
    listed = {(method, label.partition(":")[0]) for method, label, *_rest in LINES}
    about = {
        label: None if on == "-" else request.getfixturevalue(pages.ANY.get(on, on))
        for _method, label, on, *_rest in LINES
    }
    one_of_each = {label.partition(":")[0]: label for label in about}
    others = [
        (method, label)
        for method, (name, label) in itertools.product(METHODS, one_of_each.items())
        if (method, name) not in listed
    ]

    key = key_of(admin)
    answers = {pair: answer(key, *pair, about[pair[1]], programme) for pair in others}

    assert {pair: code for pair, code in answers.items() if code != 405} == {}
