<?php
// This file is part of Moodle - https://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <https://www.gnu.org/licenses/>.

/**
 * English strings.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['actions'] = 'Plan of action';
$string['actions_action'] = 'Action';
$string['actions_axis'] = 'Axis';
$string['actions_columns'] = 'Columns';
$string['actions_columns_help'] = 'A line for each indicator; the file is the whole plan. Columns are parted by commas or semicolons. campaign: the code of a campaign of this category; each of its waves gives a value. measure: level (share of people from a level of a competence on), participation (share of those invited who are counted in the map), or context (share of those who answer a question on their context with yes). competence and level: for level, the identifier of a competence or a domain in the test, and the first level of a band. question: for context, one of equipment, network, place, time, support. target: percent of people. date: 2026-12-31 or 31/12/2026.';
$string['actions_date'] = 'Until';
$string['actions_download'] = 'Download these figures (CSV)';
$string['actions_explained'] = 'Each figure comes from what is published: the maps of campaigns, and surveys of campaigns that are over. None is about fewer than {$a} people. What is not published is not assessed, and no reason to conclude.';
$string['actions_export'] = 'Export the plan';
$string['actions_import'] = 'Import a plan of action';
$string['actions_imported'] = 'The plan of action was imported.';
$string['actions_indicator'] = 'Indicator';
$string['actions_none'] = 'There is no plan of action yet.';
$string['actions_percent'] = '{$a} %';
$string['actions_state'] = 'Where it is';
$string['actions_state_notreached'] = 'Not reached yet';
$string['actions_state_reached'] = 'Reached';
$string['actions_state_undecided'] = 'Not certain yet';
$string['actions_state_unknown'] = 'Not assessed';
$string['actions_summary'] = 'Axes: {$a->axes}. Indicators: {$a->indicators}. Nothing was changed yet; the file takes the place of the plan that is there.';
$string['actions_target'] = 'Target';
$string['advice'] = 'Rendez-vous with people';
$string['advice_intro'] = 'Who asked for a rendez-vous or a call, with what they chose to show. Managers and human resources see nothing of it, and it must serve for nothing else. It is deleted after this number of months: {$a}.';
$string['adviser'] = 'An adviser';
$string['asked'] = 'Level asked';
$string['atleast'] = '{$a} or more';
$string['basis_corresponding'] = 'By {$a->framework}, {$a->numbers}: a correspondence, not a measurement.';
$string['basis_domain'] = 'Only its domain was measured, which decides nothing.';
$string['basis_incomplete'] = 'By {$a->framework}, {$a->numbers}: a correspondence, not a measurement; the rest of what corresponds was not assessed, so nothing is decided.';
$string['because'] = '{$a->competence}: {$a->chance} chances in a hundred that level {$a->level}, which is asked, is not reached yet; it weighs {$a->weight} of 10.';
$string['because_of'] = 'Because of:';
$string['below_helpers'] = 'Colleagues who offer to help: {$a}.';
$string['below_meeting'] = 'Talk about it with an adviser: choose a time, or be called.';
$string['below_training'] = 'Training: {$a->title} ({$a->levels}).';
$string['below_who'] = 'See who they are';
$string['below_why'] = 'Why, and how to take part';
$string['call_hours'] = 'When it suits you';
$string['call_me'] = 'Call me';
$string['call_me_by'] = 'Call me: an adviser of {$a}';
$string['call_nobody'] = 'No adviser can call you there now. Choose another line of the list.';
$string['call_of'] = 'Call asked for on {$a}';
$string['call_phone'] = 'Telephone number, if you want to be called';
$string['call_phonefor'] = 'For this call alone: it is erased when the call is closed or cancelled.';
$string['call_phonewrong'] = 'Type the telephone number at which you want to be called, such as 02 99 00 00 00.';
$string['call_since'] = 'Call, asked for on {$a->date}. {$a->hours}';
$string['call_waits'] = 'An adviser will call you at {$a->phone}. {$a->hours}';
$string['campaign'] = 'Campaign';
$string['campaign_anybody'] = 'Whoever has the link or the code';
$string['campaign_asked'] = 'What the test asks';
$string['campaign_asks'] = 'Whether level {$a} is reached, and nothing else. It ends as soon as that is known.';
$string['campaign_asks_line'] = 'Whether level {$a->level} is reached, and nothing else ({$a->profile}: {$a->competence}). It ends as soon as that is known.';
$string['campaign_before'] = 'Not open yet';
$string['campaign_begun'] = 'Have begun';
$string['campaign_bycode'] = 'Without a camera: open {$a} and type this code.';
$string['campaign_close'] = 'End it now';
$string['campaign_code'] = 'Code:';
$string['campaign_cohort'] = 'The people of a cohort';
$string['campaign_competences'] = 'Competences that are asked';
$string['campaign_counts'] = 'Who took part: counts';
$string['campaign_course'] = 'Course in which the test is made';
$string['campaign_course_help'] = 'This test is lent. Yours is made of it in a course of your own: its results are there, and whoever lends it sees none of them.';
$string['campaign_day'] = 'Day';
$string['campaign_decision_above'] = 'reached';
$string['campaign_decision_below'] = 'not reached yet';
$string['campaign_decision_undecided'] = 'not certain yet';
$string['campaign_decisions'] = 'Those who share, by whether the level is reached';
$string['campaign_discard'] = 'Discard';
$string['campaign_download'] = 'Download these counts (CSV)';
$string['campaign_draft'] = 'Being made';
$string['campaign_explained'] = 'By the end of the day before, in steps of {$a} people: nobody can be made out, and who would rather not is counted as who has not begun. These counts must not serve to appraise anybody.';
$string['campaign_finished'] = 'Have finished';
$string['campaign_floor'] = 'What it asks';
$string['campaign_floor_abovetop'] = 'Choose a level that this test tells: it is above the top level.';
$string['campaign_floor_help'] = 'How far one is, or whether one level is reached: such a test is shorter, and finds those who may like help first. The level is one of the list, or what a common base or a starting floor asks. People read it before they begin. Whoever is below it reads it first, with whom to talk to, and alone decides who else learns of it.';
$string['campaign_floor_levels'] = 'Whether a level is reached';
$string['campaign_floor_line'] = '{$a->competence}: level {$a->level}';
$string['campaign_floor_none'] = 'How far one is';
$string['campaign_from'] = 'From';
$string['campaign_full'] = 'As long as the test that it is made of';
$string['campaign_help'] = 'Who helps';
$string['campaign_help_help'] = 'A name and how to reach them, such as a room, hours and a telephone number. It stands below results and in “My campaigns”. People talk to them or not, as they like.';
$string['campaign_help_needed'] = 'Say who helps: people may learn here that they do not reach a level.';
$string['campaign_helps'] = 'Whom to talk to';
$string['campaign_incomplete'] = 'Something is missing: go through the steps before this one.';
$string['campaign_invited'] = 'Offered to {$a} people.';
$string['campaign_landing'] = 'What people read first';
$string['campaign_landing_default'] = 'You are invited to see where you stand. It is not an examination: “I do not know” is a real answer, and you can stop and go on later. What you learn about yourself is yours.';
$string['campaign_landing_help'] = 'Two or three sentences for the page behind the link, and for the poster. Plain words; no pressure.';
$string['campaign_launch'] = 'Launch';
$string['campaign_launched'] = 'The campaign is launched. Hand out the link, the code or the poster.';
$string['campaign_launching'] = 'Being launched';
$string['campaign_launchingtext'] = 'Its people are being enrolled, which takes a few minutes where there are many. Nobody can begin before; you may leave this page, and print the poster meanwhile.';
$string['campaign_length'] = 'Length';
$string['campaign_link'] = 'Link:';
$string['campaign_locked'] = 'This campaign was launched: it cannot be changed any more.';
$string['campaign_look'] = 'See what it would be like';
$string['campaign_name'] = 'Name';
$string['campaign_new'] = 'New campaign';
$string['campaign_next'] = 'Next wave';
$string['campaign_nodays'] = 'There is nothing to tell yet.';
$string['campaign_noenrol'] = 'You cannot be enrolled in the course of this test. Tell whoever invited you.';
$string['campaign_notemplate'] = 'There is no adaptive test here that one could be made of. Make one in a course of this category first.';
$string['campaign_notforyou'] = 'This campaign is not offered to you. Check the code, or ask whoever gave it to you.';
$string['campaign_notopen'] = 'This campaign is not open now, or not offered to you.';
$string['campaign_notyet'] = 'This campaign is not launched yet.';
$string['campaign_open'] = 'Open';
$string['campaign_over'] = 'Over';
$string['campaign_poster'] = 'Poster to print';
$string['campaign_purpose'] = 'What it is for';
$string['campaign_purpose_help'] = 'One or two sentences. They are printed on everything, and locked at the launch: results may serve for nothing else.';
$string['campaign_qr'] = 'QR code of the link below';
$string['campaign_sees'] = 'Who sees what';
$string['campaign_shared'] = 'Share their result';
$string['campaign_short'] = 'Short: {$a} questions at most; tells more of domains than of single competences';
$string['campaign_size'] = 'Levels and length';
$string['campaign_stage'] = 'Stage {$a}';
$string['campaign_stage_from'] = 'From level';
$string['campaign_stage_learner'] = 'What its learners read';
$string['campaign_stage_manager'] = 'What you read beside their number';
$string['campaign_stage_people'] = 'People';
$string['campaign_stage_twice'] = 'Another stage begins at this level.';
$string['campaign_stages'] = 'Those who share, by stage';
$string['campaign_stageslater'] = 'Told when the campaign is over.';
$string['campaign_state'] = 'State';
$string['campaign_step_launch'] = '{$a}. Launch';
$string['campaign_step_what'] = '{$a}. What';
$string['campaign_step_whom'] = '{$a}. Whom';
$string['campaign_step_words'] = '{$a}. Words';
$string['campaign_steps'] = 'Steps';
$string['campaign_stored'] = 'Stored:';
$string['campaign_surveys'] = 'Surveys';
$string['campaign_template'] = 'Made of this test';
$string['campaign_to'] = 'To';
$string['campaign_top'] = 'Top level';
$string['campaign_top_help'] = 'Nobody is told a level above it: whoever is above is told this one.';
$string['campaign_top_of'] = '{$a}, up to';
$string['campaign_tops'] = 'Each competence is asked about up to the level that you choose: no question goes beyond it, and whoever is told it has that level or a higher one.';
$string['campaign_wave'] = 'T{$a}';
$string['campaign_wavename'] = '{$a->name} – T{$a->wave}';
$string['campaign_when'] = 'When';
$string['campaign_whom'] = 'Whom';
$string['campaign_whom_help'] = 'The people of a cohort are enrolled in the course of the test at the launch, all of them; others when they begin.';
$string['campaign_whosees'] = 'Your result is yours: nobody sees it before you share it, and you can take that back. Once shared, the trainers of the test see it. Whoever manages the campaign and human resources see counts of {$a} people or more, and never who.';
$string['campaign_willlock'] = 'Once launched, all this is locked: what it is for, whom, the test, when and the words.';
$string['campaign_window'] = 'From {$a->from} to {$a->to}';
$string['campaign_windowwrong'] = 'The end comes before the beginning.';
$string['campaigns'] = 'Campaigns';
$string['campaigns_intro'] = 'A campaign offers a test to people for a purpose that is said and locked. You see counts, never who.';
$string['campaigns_none'] = 'There is no campaign yet.';
$string['catalogue'] = 'Catalogue of trainings';
$string['catalogue_changed'] = 'Changed: {$a}';
$string['catalogue_columns'] = 'Columns';
$string['catalogue_columns_help'] = 'One line for each training. Columns are parted by commas or semicolons. A line whose code is in the catalogue already takes its place; nothing is removed. framework: CRCN-2019, DIGCOMP-2.2, or the identifier of a competency framework of this site. competences: their numbers such as 1.1, with | between them. from_level: the level that the training needs, empty where it needs none. to_level: the level that it leads to. modality: onsite, online or blended. days: how long it is, such as 0.5. url: its page. course: the ID number or the short name of a course of this site.';
$string['catalogue_daycount'] = '{$a} days';
$string['catalogue_daycount_one'] = '1 day';
$string['catalogue_export'] = 'Export the catalogue';
$string['catalogue_faulty'] = 'Lines with a fault, which are left out: {$a}.';
$string['catalogue_import'] = 'Import trainings';
$string['catalogue_imported'] = 'New or changed trainings: {$a}.';
$string['catalogue_intro_category'] = 'Trainings for the people of this category alone: those who learn in one of its courses or are in one of its cohorts.';
$string['catalogue_intro_site'] = 'Trainings for everybody on this site.';
$string['catalogue_levels'] = 'Level {$a->from} to level {$a->to}';
$string['catalogue_more'] = 'Only the first {$a} are shown.';
$string['catalogue_new'] = 'New: {$a}';
$string['catalogue_none'] = 'There is no training here yet. Import a file.';
$string['catalogue_page'] = 'Its page';
$string['catalogue_remove'] = 'Remove';
$string['catalogue_removed'] = '“{$a}” is no longer in the catalogue.';
$string['catalogue_summary'] = 'New: {$a->new}. Changed: {$a->changed}. As they are: {$a->same}. Nothing was changed yet.';
$string['catalogue_teaches'] = 'Levels';
$string['catalogue_tolevel'] = 'Up to level {$a}';
$string['catalogue_where'] = 'Where it is found';
$string['chance'] = '{$a} chances in a hundred that it is reached';
$string['chance_one'] = '1 chance in a hundred, or less, that it is reached';
$string['chances'] = '{$a->low} to {$a->high} chances in a hundred that it is reached';
$string['cohort'] = 'Cohort';
$string['column'] = 'Column';
$string['columns'] = 'Columns';
$string['columns_help'] = 'One line for each competence of each profile. Columns are parted by commas or semicolons. What is the same for the whole profile is said on its first line, and may be left out on the next ones. kind: socle, job or floor. impact, for jobs: low, medium or strong. redeployment: yes where people are moved to this job. cohort: identifier of the cohort of those who do the job. framework: CRCN-2019, DIGCOMP-2.2, or the identifier of a competency framework of this site; competence is then the identifier of a competency. weight: from 1 to 10.';
$string['competence'] = 'Competence';
$string['count_notreached'] = 'Not reached yet';
$string['count_reached'] = 'Reached';
$string['count_undecided'] = 'Not certain yet';
$string['count_unknown'] = 'Not assessed or not shared';
$string['counts'] = '(counts)';
$string['countsnot'] = '(counts no more)';
$string['decision'] = 'Where you are';
$string['decision_notreached'] = 'Not reached yet';
$string['decision_reached'] = 'Reached';
$string['decision_undecided'] = 'Not certain yet';
$string['decision_unknown'] = 'Not assessed';
$string['event_actions_exported'] = 'Plan of action taken away';
$string['event_actions_imported'] = 'Plan of action imported';
$string['event_actions_viewed'] = 'Plan of action read';
$string['event_campaign_closed'] = 'Campaign ended';
$string['event_campaign_exported'] = 'Counts of a campaign exported';
$string['event_campaign_launched'] = 'Campaign launched';
$string['event_campaign_viewed'] = 'Counts of a campaign viewed';
$string['event_catalogue_exported'] = 'Catalogue exported';
$string['event_catalogue_imported'] = 'Trainings imported';
$string['event_catalogue_removed'] = 'Training removed from the catalogue';
$string['event_gaps_exported'] = 'Gaps exported';
$string['event_gaps_requested'] = 'Count of gaps requested';
$string['event_gaps_viewed'] = 'Gaps viewed';
$string['event_kit_exported'] = 'Document of a campaign taken away';
$string['event_map_deleted'] = 'Map deleted';
$string['event_map_exported'] = 'Map exported';
$string['event_map_requested'] = 'Map asked for';
$string['event_map_viewed'] = 'Map viewed';
$string['event_meeting_closed'] = 'Rendez-vous closed';
$string['event_meeting_viewed'] = 'Rendez-vous read';
$string['event_profile_retired'] = 'Profile retired';
$string['event_profiles_exported'] = 'Profiles exported';
$string['event_profiles_imported'] = 'Profiles imported';
$string['event_queue_viewed'] = 'Queue of rendez-vous read';
$string['event_slot_opened'] = 'Times for rendez-vous opened';
$string['event_slot_withdrawn'] = 'Time for rendez-vous taken back';
$string['event_template_shared'] = 'Test lent';
$string['event_template_withdrawn'] = 'Test lent no more';
$string['event_workshop_made'] = 'Workshop made';
$string['event_workshop_proposed'] = 'Groups of a workshop proposed';
$string['event_workshop_viewed'] = 'Sessions of a workshop read';
$string['export'] = 'Export those that count';
$string['family'] = 'Family of jobs';
$string['fault'] = 'Fault';
$string['fault_campaign'] = '“{$a}” is no code of a launched campaign of this category. Copy it from the page of the campaign.';
$string['fault_choice'] = '“{$a->found}” is none of: {$a->known}.';
$string['fault_code'] = '“{$a}” is no code: letters, digits, full stops, hyphens and underscores.';
$string['fault_codetwice'] = 'The code “{$a->code}” is on line {$a->line} already.';
$string['fault_cohort'] = 'There is no cohort with the identifier “{$a}” here.';
$string['fault_cohorts'] = 'Several cohorts have the identifier “{$a}” here.';
$string['fault_cohorttaken'] = 'The cohort “{$a}” is that of another job already.';
$string['fault_column'] = 'There is no such column. Known are: {$a}.';
$string['fault_columntwice'] = 'This column is there twice.';
$string['fault_competence'] = '“{$a->found}” is no competence of {$a->framework}. Write its number, such as 1.1; of a framework of the site, the identifier of the competency.';
$string['fault_control'] = 'A line break or another control character. Write the text on one line.';
$string['fault_course'] = 'There is no course with the ID number or the short name “{$a}” here.';
$string['fault_courses'] = 'Several courses have the ID number or the short name “{$a}”.';
$string['fault_date'] = '“{$a}” is no date. Write 2026-12-31 or 31/12/2026.';
$string['fault_days'] = '“{$a->found}” is no number of days from 0 to {$a->most}, such as 0.5.';
$string['fault_differs'] = '“{$a->found}” is not what line {$a->line} says of the same profile.';
$string['fault_empty'] = 'There is no line below the names of the columns.';
$string['fault_encoding'] = 'The file is not UTF-8. Save it as “CSV UTF-8”.';
$string['fault_fields'] = 'The line has {$a->found} fields; the first line has {$a->wanted}.';
$string['fault_formula'] = 'A spreadsheet takes a text that begins with “{$a}” for a formula. Begin with a letter or a digit.';
$string['fault_framework'] = '“{$a->found}” is no framework in a version that is known here. Known are: {$a->known}, and the competency frameworks of the site, by their identifiers.';
$string['fault_jobonly'] = 'Only a profile of the kind “job” has this.';
$string['fault_large'] = 'The file has more than {$a}.';
$string['fault_long'] = 'The file has more than {$a} lines.';
$string['fault_missing'] = 'This is missing, in French and in English. One of them is enough.';
$string['fault_nocolumn'] = 'This column is missing.';
$string['fault_nosurvey'] = 'The campaign “{$a}” goes with no survey on the context. Choose one that does, or another measure.';
$string['fault_nothing'] = 'Nothing is written here. Write a few words.';
$string['fault_number'] = '“{$a->found}” is no whole number from {$a->first} to {$a->last}.';
$string['fault_order'] = 'The training ends at level {$a->to}, which is not above level {$a->from} where it begins.';
$string['fault_textlong'] = 'More than {$a} characters.';
$string['fault_title'] = 'The title is missing.';
$string['fault_twice'] = 'Competence {$a->competence} of this profile is on line {$a->line} already.';
$string['fault_url'] = '“{$a}” is no web address that begins with https:// or http://.';
$string['fault_yesno'] = '“{$a}” is neither yes nor no.';
$string['faults'] = 'What is wrong with the file';
$string['fewer'] = 'Fewer than {$a}, or not told';
$string['gap'] = 'Not reached, of what is assessed';
$string['gap_between'] = '{$a->low} % to {$a->high} %';
$string['gap_hidden'] = 'Too few results to tell';
$string['gap_one'] = '{$a->low} %';
$string['gaps'] = 'What jobs ask, and how many reach it';
$string['gaps_count'] = 'Count now';
$string['gaps_counted'] = 'Counted in {$a}. Counts are made once a month at most; who shared or took back since then is counted the next time.';
$string['gaps_download'] = 'Download this table (CSV)';
$string['gaps_explained'] = 'Counts of shared results, never a person. Nothing is shown about fewer than {$a} people, nor anything that would tell it: where one count is hidden, others are hidden with it. These counts must not serve to appraise anybody.';
$string['gaps_nojobs'] = 'No profile of a job here names a cohort of those who do it. Write its identifier in the column “cohort” of the file.';
$string['gaps_old'] = 'By a version of the profile that counts no more.';
$string['gaps_order'] = 'Jobs, by impact times gap';
$string['gaps_requested'] = 'It will be counted in a few minutes. You can close this page.';
$string['gaps_waiting'] = 'Being counted. Come back in a few minutes.';
$string['groups_cannot'] = '{$a->people} people would like this workshop: no groups of {$a->least} to {$a->most} can be made of them. Choose a smaller least size ({$a->smaller}), or a greater one.';
$string['groups_cannot_none'] = 'Nobody would like this workshop: those who asked are at this level, in a workshop already, or took their wish back.';
$string['groups_cannot_one'] = 'One person would like this workshop: that makes no group of {$a->least} or more.';
$string['groups_order'] = 'The greatest size of a group has to be at least the least one, which is 1 or more.';
$string['guide'] = 'Guide';
$string['help'] = 'I can help';
$string['help_how'] = 'Say that I can help';
$string['help_none'] = 'Once a test shows for certain that you reach level {$a} in a competence, you may offer help to your colleagues here.';
$string['help_save'] = 'Save what I help with';
$string['help_saved'] = 'Saved. Colleagues see just what is ticked, from now on.';
$string['help_told'] = 'If you tick a competence, your colleagues of {$a->authority} read your name beside it. By that they learn that you reach level {$a->level} or more, and nothing else of your results. Whoever writes to you becomes a contact of yours in Moodle; your e-mail address is not shown. Untick it, and you are no longer in the list.';
$string['help_with'] = 'What I can help with';
$string['helper_gone'] = 'This person does not offer help with it any more.';
$string['helper_inperson'] = 'Ask in person: messages are closed here.';
$string['helper_write'] = 'Write a message';
$string['helpers'] = 'Colleagues who help';
$string['helpers_all'] = 'All competences';
$string['helpers_intro'] = 'Colleagues of {$a} who offer to help, of their own accord. Choose a competence; in brackets, how many there are.';
$string['helpers_next'] = 'Colleagues who help with this';
$string['helpers_none'] = 'Nobody offers help yet. You can be the first.';
$string['helpers_noneofthis'] = 'Nobody offers help with this now.';
$string['helplevel'] = 'Level from which people may offer help';
$string['helplevel_desc'] = 'Of a competence that was measured, once it is certain enough that this level is reached. Offers that were made before stay.';
$string['hidden'] = 'hidden';
$string['impact'] = 'Impact of the digital transition';
$string['impact_low'] = 'Low';
$string['impact_medium'] = 'Medium';
$string['impact_strong'] = 'Strong';
$string['import'] = 'Import profiles';
$string['import_apply'] = 'Import';
$string['import_faults'] = 'Faults: {$a}. Nothing was changed.';
$string['import_look'] = 'See what it would do';
$string['import_new'] = 'New.';
$string['import_other'] = 'Another file';
$string['import_summary'] = 'Profiles: {$a->profiles}. To be stored as a new version: {$a->changes}. Nothing was changed yet.';
$string['import_unchanged'] = 'As it is now: no new version.';
$string['import_version'] = 'Takes the place of version {$a}, which stays readable.';
$string['imported'] = 'New versions stored: {$a}.';
$string['join'] = 'Take part with a code';
$string['join_begin'] = 'Go to the test';
$string['join_code'] = 'Code on the poster or in the message';
$string['join_read'] = 'Read what it is, and begin';
$string['join_refuse'] = 'I would rather not';
$string['join_voluntary'] = 'You decide. “I would rather not” is told to nobody: it looks as if you had not begun, and you can still begin while the campaign is open.';
$string['keepmonths'] = 'Months that rendez-vous are kept';
$string['keepmonths_desc'] = 'Rendez-vous, times, wishes for workshops and lists of sessions are deleted after this number of months, from 1 to 120.';
$string['kind'] = 'Kind';
$string['kind_floor'] = 'Starting floor';
$string['kind_job'] = 'Job';
$string['kind_socle'] = 'Common base';
$string['kit'] = 'Deployment kit';
$string['kit_adviser'] = 'Guide for who helps';
$string['kit_adviser_text'] = '{$a->name}. {$a->window}.
## To welcome
- Say what it is for: {$a->purpose}
- Say who sees what: {$a->whosees}
- Say that “I don’t know” is a real answer, and that one may stop and go on later.
- Show how to begin: the link, the QR code of the poster, or the code.
## During the test
- Read a question aloud if somebody asks. Do not explain it, and give no hint.
- Look away from the screen unless you are called.
- If it is hard: propose a pause, going on with you, or stopping there. All are good.
## With a result
- People show you what they like. Do not ask.
- Read the level with its margin, and what one can already do, before what comes next.
- Agree on one next step: a training, a workshop, a person.
- Who does not agree with a question or a result says so on the page of the result, and gets an answer.';
$string['kit_announcement'] = 'Announcement';
$string['kit_announcement_text'] = 'Subject: {$a->name}, from {$a->from}
Hello,
From {$a->from} to {$a->to} you can see where you stand: {$a->name}.
What it is for: {$a->purpose}
{$a->whosees}
Taking part is your choice. It is no exam, and no appraisal may use it.
You will get the link on {$a->from}.
{$a->ask}';
$string['kit_ask_anybody'] = 'A question? Reply to this message.';
$string['kit_ask_person'] = 'A question? {$a}';
$string['kit_back'] = 'All documents of the campaign';
$string['kit_calendar'] = 'Calendar';
$string['kit_calendar_date'] = 'Date';
$string['kit_calendar_what'] = 'What';
$string['kit_checklist'] = 'Checklist';
$string['kit_checklist_text'] = '## Before {$a->from}
- ☐ The staff representatives have the file, and have given their opinion where that is needed.
- ☐ The data protection officer has read the sheet.
- ☐ The purpose is written in words that everybody understands.
- ☐ Somebody helps, and knows it: {$a->helps}
- ☐ One of us has taken the test on a telephone, from the link to the result.
- ☐ People without e-mail have a code and a device.
- ☐ The announcement was sent.
## From {$a->from} to {$a->to}
- ☐ The invitation was sent, the poster is up.
- ☐ The reminders went to everybody alike.
- ☐ Time at work was given.
## After {$a->to}
- ☐ Thanks were sent to everybody.
- ☐ The figures were shown to those whom they are about.
- ☐ What is done next was said, with a date.';
$string['kit_day_announce'] = 'Send the announcement';
$string['kit_day_close'] = 'It ends';
$string['kit_day_last'] = 'Last days: send the reminder to everybody';
$string['kit_day_middle'] = 'Half-time: send the reminder to everybody';
$string['kit_day_open'] = 'It opens: send the invitation, put up the poster';
$string['kit_day_thanks'] = 'Send the thanks; figures can be read';
$string['kit_draft'] = 'The campaign is not launched yet: the link, the code and the poster come with the launch. The file for staff representatives is there now, to be given before the launch.';
$string['kit_field'] = '{$a->label}: {$a->text}';
$string['kit_group_messages'] = 'Messages';
$string['kit_group_representatives'] = 'For staff representatives';
$string['kit_group_work'] = 'For those who run it';
$string['kit_ics'] = 'Calendar for a diary (ICS)';
$string['kit_intro'] = 'Documents of this campaign, made from its settings and from those of this site as they are now. Read and complete them before you hand them on: they are drafts, and no legal advice.';
$string['kit_invitation'] = 'Invitation';
$string['kit_invitation_text'] = 'Subject: {$a->name}: you can begin
Hello,
{$a->landing}
Begin here: {$a->link}
Or open {$a->page} and type the code {$a->code}
What it is for: {$a->purpose}
{$a->whosees}
You have until {$a->to}. You can stop at any time and go on later.
{$a->ask}';
$string['kit_language'] = 'Language of the documents:';
$string['kit_manager'] = 'Guide for who runs the campaign';
$string['kit_manager_text'] = '{$a->name}. {$a->window}.
## Before
- Say what it is for, in these words, which are locked at the launch: {$a->purpose}
- Give the file to the staff representatives before the launch.
- Choose who helps, and tell them: {$a->helps}
- See that everybody can take part: a quiet place, a computer or a tablet, time at work.
## While it is open
- Send the announcement, the invitation on {$a->from}, then the reminders, to everybody alike.
- Put the poster where people meet.
- Look at the counts if you like: they go by steps of {$a->least} people, up to the end of the day before.
- Never ask who took part. To prefer not to is told to nobody.
## Afterwards
- It ends on {$a->to}. Thank everybody, whether they took part or not.
- Have a map made, where you may: it tells what {$a->least} people or more share, never who.
- Say what will be done with it, and when.
## What it must not serve
- No appraisal, no pay, no choice of one person for a post.
- No decision that the machine takes alone.';
$string['kit_model'] = 'Model sheet';
$string['kit_model_competences'] = 'Competences that are asked';
$string['kit_model_levels'] = 'Levels: {$a->first} to {$a->last}.';
$string['kit_model_text'] = 'What the test of this campaign measures, and what it cannot say.
## What is measured
How well a person answers questions of known difficulty, here and now. It says nothing of intelligence, good will or worth, and nothing of what the questions do not ask.
{$a->figures}
{$a->asks}
## How
- Each question has a difficulty, given by experts or estimated from earlier answers.
- After each answer the level is estimated anew; the next question is one that tells much at this moment.
- The test ends when it is sure enough, or at its longest length.
- The same answers give the same result to anybody. Each step is kept and can be read by its person.
## What is told
- A level with its margin, never a number alone; “provisional” where the difficulty rests on experts.
- “Not assessed” where too little is known, which is no low level.
- Of groups, figures of {$a->least} people or more, each with its margin.
## What it cannot say
- Few questions, wide margin: no heavy decision about one person may rest on one attempt. It is no certification.
- If experts misjudged all difficulties in the same direction, all levels are off by as much.
- Nothing here says who answered, without somebody there.
The whole sheet: {$a->sheet}';
$string['kit_nohelp'] = 'nobody is named yet';
$string['kit_notice'] = 'File for the works council';
$string['kit_notice_rights'] = '## Rights of each person
- To read all of one’s own answers, results and how each question was chosen.
- To contest a question or a result, with an answer that is dated.
- Not to take part: nobody is told, and it looks as if one had not begun.
- To share a result or not, and to take that back.
- To have one’s data erased, or handed over, by the site’s privacy pages.
## To be completed by the employer
- The legal basis (public task or legal duty; not consent), and the line in the register.
- Who answers questions about data, and how they are reached.
- Whether people have time at work, a device and a place.
- What is asked of the council: information or opinion, and the date of its meeting.
- What will be done with the figures, and when the council hears of it.';
$string['kit_notice_text'] = '{$a->site}, {$a->today}. A draft from the settings of the site; to be completed and read by a lawyer or the data protection officer.
## What is planned
{$a->name}: a test that adapts to its learner’s answers. {$a->window}.
Offered to: {$a->whom}.
{$a->asks}
## What it is for
{$a->purpose}
This purpose is locked when the campaign is launched, and printed on everything. The results serve nothing else: no appraisal, no pay, no choice of one person for a post.
## How a result is made
Questions of known difficulty, chosen one after the other by a fixed computation, which is kept and can be replayed. No age, diploma, income or department enters it. Each result is told with its margin. The model sheet says more.
No decision is taken by the machine alone.
## Who sees what
{$a->whosees}
No figure is about fewer than {$a->least} people.';
$string['kit_odt'] = '{$a} (text document, ODT)';
$string['kit_poster'] = 'Poster';
$string['kit_poster_text'] = '{$a->landing}
## What it is for
{$a->purpose}
## When
{$a->window}
## Who sees what
{$a->whosees}
## Begin
{$a->link}
Without a camera: open {$a->page} and type this code: {$a->code}';
$string['kit_print'] = 'Print this page with the browser.';
$string['kit_reminder'] = 'Reminder';
$string['kit_reminder_text'] = 'Subject: {$a->name}: until {$a->to}
Hello,
This message goes to everybody: nobody knows who has begun and who has not. If you have taken part, or would rather not, there is nothing to do.
If you would like to: {$a->link}
Without the link: {$a->page} and the code {$a->code}
It is open until {$a->to}.
{$a->ask}';
$string['kit_roles_counts'] = 'Counts of who takes part';
$string['kit_roles_gaps'] = 'How many people reach what their jobs ask';
$string['kit_roles_maps'] = 'Maps: shares of groups';
$string['kit_roles_none'] = 'nobody but administrators';
$string['kit_sheet'] = 'Data protection sheet';
$string['kit_sheet_text'] = '{$a->site}, {$a->today}. What the settings of this site say now; for the register and for an impact assessment. It names no person.
## This campaign
- What it is for: {$a->purpose}
- When: {$a->window}
- For whom: {$a->whom}
- Fewest people in a figure: {$a->least}';
$string['kit_thanks'] = 'Thanks';
$string['kit_thanks_text'] = 'Subject: {$a->name}: thank you
Hello,
{$a->name} ended on {$a->to}. Thank you for your time.
Your result stays yours, on your own profile page, in “My campaigns”: {$a->mine}
There you can share it or take that back, and see what you can do next.
What is told of it: numbers of {$a->least} people or more, and never who.
What it was for has not changed: {$a->purpose}
{$a->ask}';
$string['kit_unknown'] = 'There is no such document: {$a}.';
$string['lacks'] = 'What the catalogue lacks';
$string['lacks_explained'] = 'Levels that many people of a job have not reached yet, by the counts above, and to which no training of the catalogue leads from below.';
$string['lacks_none'] = 'Nothing that the published counts show.';
$string['least'] = 'Fewest people in a figure';
$string['least_desc'] = 'No figure about fewer people is shown, and none that can be computed from others. At least {$a}.';
$string['level'] = 'Level {$a}';
$string['line'] = 'Line';
$string['map_allcompetences'] = 'All competences';
$string['map_allgroups'] = 'Everybody; with one competence, each group';
$string['map_apart'] = 'The test of T0 asked about other competences or up to other levels: no change is told.';
$string['map_change'] = 'Change in levels';
$string['map_changeatleast'] = 'People compared, at least';
$string['map_changes'] = 'Change since T0';
$string['map_changesexplained'] = 'On average, of those who are counted here and share their result of T0 as well. In brackets, the margin: of a hundred such margins, about 95 hold the true change. The doubt in each single result is in it.';
$string['map_changetold'] = '{$a->value} (between {$a->low} and {$a->high}), at least {$a->people} people';
$string['map_count'] = 'People there';
$string['map_counted'] = '{$a->group}: {$a->people} people are counted.';
$string['map_countedof'] = '{$a->group}: {$a->people} people are counted, of {$a->members}.';
$string['map_delete'] = 'Delete this map';
$string['map_deleted'] = 'The map is deleted.';
$string['map_deletesure'] = 'Delete this map? The people who are counted in it will be counted in no other map of this campaign, as somebody may have kept this one.';
$string['map_domain'] = 'Domain: {$a}';
$string['map_download'] = 'Download all of it (CSV)';
$string['map_draft'] = 'A map can be made once the campaign is launched.';
$string['map_everybody'] = 'Everybody';
$string['map_explained'] = 'As published, and never changed since. No figure is about fewer than {$a} people, nor lets one be computed. Where a count would be too small it is told together with its neighbour. Percentages are of those who are assessed, in brackets their margin. These figures must not serve to appraise anybody.';
$string['map_formexplained'] = 'Counts whoever shared by the end of yesterday and is in no earlier map of this campaign: nobody is counted twice. So make it when the campaign is over, or when many have shared. Groups of which fewer than {$a} can be counted are told together, or wait. At least {$a} members of each group are never counted, so that no figure says that everybody took part.';
$string['map_group'] = 'Group';
$string['map_groups'] = 'Groups';
$string['map_groups_help'] = 'Cohorts of this category and below it, such as services or authorities. Whoever is in several is counted in the first one that you choose.';
$string['map_high'] = 'Margin, to';
$string['map_levels'] = 'Levels {$a->first} to {$a->last}';
$string['map_low'] = 'Margin, from';
$string['map_make'] = 'Make a map';
$string['map_members'] = 'Members of the group';
$string['map_new'] = 'Make a map: {$a}';
$string['map_nogroups'] = 'No groups: everybody together';
$string['map_noneyet'] = 'No map yet.';
$string['map_notest'] = 'The test of this campaign is no longer there.';
$string['map_nothing'] = 'Nobody was assessed in any competence.';
$string['map_onelevel'] = 'A test of one level has no map: its stages tell how many are where.';
$string['map_others'] = 'the others';
$string['map_people'] = 'People counted';
$string['map_peoplecount'] = '{$a} people';
$string['map_requested'] = 'The map will be made in a few minutes. You may leave this page.';
$string['map_share'] = 'Share of those assessed, in percent';
$string['map_sharetold'] = '{$a->share} % ({$a->low} to {$a->high})';
$string['map_show'] = 'Show';
$string['map_thismonth'] = 'There is a map of this month already. The next one can be made next month, of those who share until then.';
$string['map_title'] = '{$a->campaign}: map of {$a->month}';
$string['map_together'] = 'together: {$a}';
$string['map_toofew'] = 'too few people could be counted';
$string['map_toomany'] = 'At most {$a} groups.';
$string['map_top'] = '{$a->name} (asked up to level {$a->level}: that level is it or a higher one)';
$string['map_waiting'] = 'being made: {$a} %. Come back in a few minutes.';
$string['map_where'] = 'Where they are';
$string['maps'] = 'Maps of competences';
$string['maps_explained'] = 'A map tells how many people are surely at which levels, competence by group: results that were shared, for the purpose of their campaign, about {$a} people at least. Once published it never changes.';
$string['maps_none'] = 'No campaign was launched here yet.';
$string['meeting'] = 'Rendez-vous';
$string['meeting_already'] = 'You have a rendez-vous to come. Cancel it before you choose another one.';
$string['meeting_ask'] = 'Choose a rendez-vous, or be called';
$string['meeting_busy'] = 'Somebody else is choosing a time right now. Send it again.';
$string['meeting_cancel'] = 'Cancel this rendez-vous';
$string['meeting_change'] = 'To change it, cancel it and choose again. Nobody is told why.';
$string['meeting_choose'] = 'Choose a time, or “Call me”.';
$string['meeting_close'] = 'Close this rendez-vous';
$string['meeting_coming'] = 'Your rendez-vous';
$string['meeting_done_ask'] = 'It is noted. You can cancel it here.';
$string['meeting_done_cancel'] = 'It is cancelled, and everything about it is erased. You can choose again.';
$string['meeting_done_hide'] = 'You show nothing any more.';
$string['meeting_hide'] = 'Show nothing any more';
$string['meeting_isclosed'] = 'The rendez-vous is closed. The telephone number and what was shown are erased.';
$string['meeting_isnotshown'] = 'This person chose to show nothing.';
$string['meeting_isshown'] = 'What is shown';
$string['meeting_of'] = 'Rendez-vous of {$a}';
$string['meeting_open'] = 'Open';
$string['meeting_person'] = 'Person';
$string['meeting_read'] = 'An adviser read it for the first time on {$a}.';
$string['meeting_send'] = 'Ask for it';
$string['meeting_show'] = 'What you show the adviser';
$string['meeting_shownfor'] = 'Shown for this rendez-vous alone. It is erased when you close it, or before where the person takes it back.';
$string['meeting_shownothing'] = 'Nothing';
$string['meeting_shows'] = 'You show this result';
$string['meeting_showsnothing'] = 'You show no result.';
$string['meeting_showtold'] = 'The advisers see your name. To show a result means: they see a copy of it, each competence with its level and margin, until the rendez-vous is closed. Managers, human resources and your campaigns see neither that nor that you asked. You can take it back at any time.';
$string['meeting_unread'] = 'No adviser has read it yet.';
$string['meeting_when'] = 'When';
$string['meetings'] = 'My rendez-vous';
$string['meetings_before'] = 'Before';
$string['meetings_closed'] = 'Closed rendez-vous';
$string['meetings_intro'] = 'Talk about your results, or about what you would like to learn, with an adviser. Nobody but you and the advisers knows of it.';
$string['meetings_none'] = 'No adviser has opened a time for you yet. “My competences beside a profile” says whom to talk to.';
$string['message_reminder'] = 'Your rendez-vous: {$a->when}, {$a->place}. You can cancel it in “My rendez-vous”.';
$string['message_reminder_subject'] = 'Your rendez-vous is soon';
$string['message_withdrawn'] = 'This rendez-vous cannot take place: {$a->when}, {$a->place}. What you showed is erased. Choose another time in “My rendez-vous”.';
$string['message_withdrawn_subject'] = 'Your rendez-vous cannot take place';
$string['message_workshop'] = 'The workshop that you asked for: {$a->name}. {$a->when} {$a->place}';
$string['message_workshop_subject'] = 'Your workshop';
$string['messageprovider:advice'] = 'Your own rendez-vous and workshops';
$string['mine'] = 'My competences beside a profile';
$string['mine_explained'] = '“Reached” and “not reached yet” are said from 90 chances in a hundred. Below that it is not certain yet: more questions may tell. “Not assessed” says nothing about you.';
$string['mine_first'] = 'A good place to begin:';
$string['mine_intro'] = 'Your own results beside what a profile asks. Nobody but you sees this page, and opening it shares nothing.';
$string['mine_none'] = 'There is no profile for you to compare with yet.';
$string['mine_summary'] = 'Reached: {$a->reached}. Not certain yet: {$a->undecided}. Not reached yet: {$a->notreached}. Not assessed: {$a->unknown}.';
$string['modality_blended'] = 'Blended';
$string['modality_online'] = 'Online';
$string['modality_onsite'] = 'On site';
$string['mycampaigns'] = 'My campaigns';
$string['mycampaigns_intro'] = 'What you were invited to. Nobody but you sees this page.';
$string['mycampaigns_none'] = 'You were invited to nothing yet.';
$string['next'] = 'What you can do next';
$string['next_again'] = 'Not certain yet: more questions may tell.';
$string['next_order'] = 'In the order of what each closes: how likely it is that a level is not reached, times its weight, and the shorter training first where two close as much.';
$string['next_person'] = 'Somebody to talk to';
$string['next_without'] = 'The catalogue has nothing that is right for this yet:';
$string['noauthority'] = 'This site does not know yet which organisation you belong to: you are in none of its cohorts. Tell whoever looks after your account.';
$string['nocampaign'] = 'There is no campaign with this code.';
$string['nocohort'] = 'No single cohort has this identifier here: nobody is counted.';
$string['noentry'] = 'This training is not there, or not for you.';
$string['noframework'] = 'This version of the framework is not known here: nothing can be compared. Import the profile in a version that is known.';
$string['nomap'] = 'This map does not exist any more.';
$string['nomeeting'] = 'This rendez-vous is not there any more: it may have been cancelled.';
$string['noprofile'] = 'This profile is not there, or not for you.';
$string['noslot'] = 'This time is not there any more.';
$string['noworkshop'] = 'This workshop is not there any more.';
$string['outcome'] = 'Outcome';
$string['outcome_again'] = 'It took place; another one would be of use.';
$string['outcome_choose'] = 'Choose an outcome of the list.';
$string['outcome_held'] = 'It took place.';
$string['outcome_missed'] = 'It did not take place.';
$string['outcome_none'] = 'Not closed yet.';
$string['outcome_note'] = 'What was agreed';
$string['outcome_notetold'] = 'The person reads this text. Write nothing that you would not say to them.';
$string['outcome_what'] = 'What came of it';
$string['palier:advise'] = 'See people in rendez-vous and make workshops';
$string['palier:compareown'] = 'Compare one\'s own results with a profile';
$string['palier:makemaps'] = 'Make and delete maps of campaigns';
$string['palier:manageactions'] = 'Import the plan of action';
$string['palier:managecampaigns'] = 'Make campaigns, and see counts of who takes part';
$string['palier:managecatalogue'] = 'Manage the catalogue of trainings';
$string['palier:manageprofiles'] = 'Manage profiles of competences';
$string['palier:seekhelp'] = 'Find colleagues who help, offer help, ask for a rendez-vous or a workshop';
$string['palier:takepart'] = 'Take part in campaigns';
$string['palier:viewgaps'] = 'See how many people reach what their jobs ask';
$string['palier:viewmaps'] = 'Read maps of campaigns';
$string['participation_begun'] = 'Begun';
$string['participation_counted'] = 'Your result is counted, among at least {$a} others, in a published table that names nobody and is not changed any more. Taking it back keeps it out of everything else.';
$string['participation_finished'] = 'Finished, not shared';
$string['participation_invited'] = 'Not begun';
$string['participation_refused'] = 'You would rather not. Nobody was told.';
$string['participation_shared'] = 'Shared';
$string['people'] = 'People who do the job';
$string['plan_added'] = 'Added to your learning plan.';
$string['plan_description'] = 'Competences that I have chosen among my next steps.';
$string['plan_name'] = 'My next steps';
$string['pluginname'] = 'The organisation\'s programme';
$string['privacy:answered'] = 'Who answered a survey of a campaign, so that nobody does twice. What they answered, and when, is kept with nobody';
$string['privacy:answered:survey'] = 'Which survey';
$string['privacy:answered:userid'] = 'The person';
$string['privacy:campaign'] = 'Campaigns.';
$string['privacy:campaign:usermodified'] = 'Who changed the campaign last.';
$string['privacy:core_competency'] = 'Learning plans, where a person adds a competence to their own.';
$string['privacy:meeting'] = 'Rendez-vous that people asked for. They and the advisers of the place read them.';
$string['privacy:meeting:adviserid'] = 'Who closed it.';
$string['privacy:meeting:hours'] = 'When the person likes to be called; erased when it is closed.';
$string['privacy:meeting:note'] = 'What was agreed.';
$string['privacy:meeting:outcome'] = 'What came of it.';
$string['privacy:meeting:phone'] = 'The telephone number typed for this call; erased when it is closed.';
$string['privacy:meeting:shown'] = 'A copy of the result that the person shows; erased when it is closed or taken back.';
$string['privacy:meeting:timeclosed'] = 'When it was closed.';
$string['privacy:meeting:timecreated'] = 'When it was asked for.';
$string['privacy:meeting:timeread'] = 'When an adviser read it first.';
$string['privacy:meeting:timereminded'] = 'When the person was reminded.';
$string['privacy:meeting:userid'] = 'The person.';
$string['privacy:participation'] = 'What a person did in a campaign. Nobody but that person reads it; others get counts.';
$string['privacy:participation:attemptid'] = 'The attempt that is shared.';
$string['privacy:participation:decision'] = 'While the result is shared, whether the level that the test asks for is reached.';
$string['privacy:participation:level'] = 'The level of the result while it is shared.';
$string['privacy:participation:snapshotid'] = 'The published table that the result was counted in, which names nobody.';
$string['privacy:participation:timebegun'] = 'When the test was begun.';
$string['privacy:participation:timefinished'] = 'When it was finished.';
$string['privacy:participation:timerefused'] = 'When the person said that they would rather not; told to nobody else.';
$string['privacy:participation:timeshared'] = 'When its result was shared.';
$string['privacy:participation:usefultold'] = 'Whether the person said if it was useful; what they said is counted, and kept nowhere with them.';
$string['privacy:participation:userid'] = 'The person.';
$string['privacy:slot'] = 'Times at which advisers see people.';
$string['privacy:slot:adviserid'] = 'Who opened the time.';
$string['privacy:told'] = 'What people tell of a competence of theirs: that they help with it, which colleagues of their authority read, or that they would like a workshop on it, which its advisers read.';
$string['privacy:told:chances'] = 'Of a workshop: how likely each level of this competence is reached.';
$string['privacy:told:cmid'] = 'The test that it rests on.';
$string['privacy:told:competence'] = 'The competence.';
$string['privacy:told:kind'] = 'Whether it is help or a workshop.';
$string['privacy:told:timecreated'] = 'When it was told.';
$string['privacy:told:timeresult'] = 'When that test ended.';
$string['privacy:told:userid'] = 'The person.';
$string['privacy:workshop'] = 'Workshops. Who takes part is in the groups of the course.';
$string['privacy:workshop:usermodified'] = 'Who made the workshop.';
$string['profile'] = 'Profile';
$string['profiles'] = 'Profiles';
$string['profiles_intro'] = 'A profile says which level each competence should have: for everybody, for a job, or to begin with. A change makes a new version; those before stay as they were.';
$string['profiles_none'] = 'There is no profile yet. Import a file, or begin with the six sample jobs.';
$string['protection_campaigns'] = 'Campaigns';
$string['protection_counts_data'] = 'How many people of a job reach what it asks, by month; nobody by name';
$string['protection_counts_howlong'] = 'Until the next count.';
$string['protection_counts_measure'] = 'No figure about fewer than {$a} people, nor what would tell it.';
$string['protection_counts_purpose'] = 'See which training jobs need';
$string['protection_counts_risk'] = 'A small group gives somebody away.';
$string['protection_counts_where'] = 'It stays on this site; a file that somebody downloads.';
$string['protection_counts_who'] = 'Those who may see how many people reach what their jobs ask.';
$string['protection_help_data'] = 'With which competences somebody helps; for which they would like a workshop, with the chances of each level; rendez-vous, with a telephone number for a call, a copy of the result that is shown, and what was agreed';
$string['protection_help_howlong'] = 'Help: until it is taken back. The telephone number and what is shown: until the rendez-vous is closed. The rest: {$a} months.';
$string['protection_help_measure'] = 'Nothing is told but by the person’s own click, and it is taken back at once. No log names who asks for help. No role of managers or human resources has the right to read it.';
$string['protection_help_purpose'] = 'Let people help each other, see an adviser or take part in a workshop';
$string['protection_help_risk'] = 'Somebody is known to seek help. Whoever teaches in the course of a workshop sees who is in it.';
$string['protection_help_where'] = 'It stays on this site; a list of sessions that somebody prints.';
$string['protection_help_who'] = 'Help: colleagues of the same authority. The rest: the person and the advisers of their authority.';
$string['protection_participation_data'] = 'When somebody began, finished and shared, or would rather not; the level while it is shared';
$string['protection_participation_howlong'] = 'Until the campaign’s course category or the account is deleted.';
$string['protection_participation_measure'] = 'To everybody else those who refused and those who have not begun look the same. [Say that taking part is free.]';
$string['protection_participation_purpose'] = 'Let people take part in a campaign, or not';
$string['protection_participation_risk'] = 'Somebody is pressed to take part, or to share.';
$string['protection_participation_where'] = 'It stays on this site.';
$string['protection_participation_who'] = 'The person alone; campaign managers see counts in steps of {$a}.';
$string['protection_surveys_data'] = 'That somebody answered a survey, without when and what; how many people gave each answer';
$string['protection_surveys_howlong'] = 'Until the campaign’s course category is deleted; that somebody answered, until the account is.';
$string['protection_surveys_measure'] = 'Answers are added up and kept with nobody. They are told once the campaign is over, about {$a} people at least.';
$string['protection_surveys_purpose'] = 'Know what people work with and how digital work feels, without their names';
$string['protection_surveys_risk'] = 'Whoever reads the database between two answers sees which counts grew.';
$string['protection_surveys_where'] = 'It stays on this site.';
$string['protection_surveys_who'] = 'Campaign managers see counts.';
$string['provisional'] = 'Provisional';
$string['queue'] = 'Who waits';
$string['queue_none'] = 'Nobody waits.';
$string['reason'] = 'Why';
$string['refused'] = 'Noted, for you alone.';
$string['remarks'] = 'Remarks';
$string['rendezvous'] = 'Whom to talk to';
$string['rendezvous_default'] = 'Talk about your results with whoever invited you to the test, or with the person in charge of training: you decide what you show.';
$string['rendezvous_desc'] = 'Below one’s own results, whatever they are: a name, a telephone number, how to make an appointment. Empty: a general sentence.';
$string['retire'] = 'Retire';
$string['retired'] = '“{$a}” counts no more.';
$string['risky'] = 'People are moved to this job, and its work changes strongly.';
$string['role_palieradviser'] = 'Adviser (Palier)';
$string['role_palieradviser_desc'] = 'Sees people in rendez-vous, with what they choose to show, and makes workshops of those who ask for one, in the course category where the role is given. Sees no other result.';
$string['role_paliercampaigns'] = 'Campaign manager (Palier)';
$string['role_paliercampaigns_desc'] = 'Makes and launches campaigns in the course category where the role is given, and sees counts of who takes part, never who.';
$string['role_paliercatalogue'] = 'Training manager (Palier)';
$string['role_paliercatalogue_desc'] = 'Imports, exports and removes trainings of the catalogue in the course category where the role is given, and sees how many people reach what their jobs ask, never who.';
$string['role_palierhr'] = 'Human resources (Palier)';
$string['role_palierhr_desc'] = 'Sees how many people reach what their jobs ask, and makes and reads maps of campaigns, in the course category where the role is given, and never who.';
$string['role_palierprofiles'] = 'Keeper of profiles (Palier)';
$string['role_palierprofiles_desc'] = 'Imports, exports and retires profiles of competences in the course category where the role is given, and sees no result.';
$string['samples'] = 'Look at the six sample jobs';
$string['session_later'] = 'The date will be told later.';
$string['session_place'] = 'Place';
$string['session_when'] = 'When';
$string['share'] = 'Share my result';
$string['shown_choice'] = '{$a->test}, {$a->date}';
$string['shown_domain'] = '{$a} (of its domain as a whole)';
$string['shown_found'] = 'What the test tells';
$string['shown_level'] = 'Level {$a->level}, between {$a->low} and {$a->high}';
$string['shown_margin'] = 'The margins hold with {$a} chances in a hundred.';
$string['shown_none'] = 'This result cannot be shown.';
$string['shown_provisional'] = 'Provisional: the difficulty of the questions still comes from experts.';
$string['shown_unsure'] = 'Not certain enough to be told';
$string['slot_choice'] = '{$a->when} · {$a->place} · {$a->adviser}';
$string['slot_from'] = 'From';
$string['slot_iswithdrawn'] = 'The time is taken back. Whoever had booked it gets a message.';
$string['slot_minutes'] = 'How many minutes';
$string['slot_past'] = 'Choose a time to come.';
$string['slot_people'] = 'How many people may come';
$string['slot_place'] = 'Place or telephone';
$string['slot_place_help'] = 'As people read it: a room and its address, or “by telephone” with the number that calls or is called.';
$string['slot_taken'] = 'This time is not free any more. Choose another one.';
$string['slot_taken_places'] = 'Places taken';
$string['slot_takenof'] = '{$a->taken} of {$a->people}';
$string['slot_times'] = 'How many times in a row';
$string['slot_times_help'] = 'Four times of 30 minutes from 9:00 are at 9:00, 9:30, 10:00 and 10:30.';
$string['slot_when'] = '{$a->date} ({$a->minutes} min)';
$string['slot_withdraw'] = 'Take back';
$string['slot_withdrawtold'] = 'Whoever had booked a time that you take back gets a message, and can choose another one.';
$string['slots'] = 'Times to come';
$string['slots_none'] = 'No time is free now.';
$string['slots_noneopen'] = 'No time is open.';
$string['slots_open'] = 'Open times';
$string['slots_opened'] = 'The times are open.';
$string['source'] = 'From which result';
$string['source_of'] = 'Test of {$a}';
$string['step_ask'] = 'See how to enrol';
$string['step_cannot'] = 'This cannot be done now. Your next steps are below.';
$string['step_cannotenrol'] = 'One click does not enrol in this course now. Open its page to see how to.';
$string['step_code'] = 'Ask for it by its code: {$a}';
$string['step_course'] = 'Go to the course';
$string['step_enrol'] = 'Enrol';
$string['step_plan'] = 'Add to my learning plan';
$string['step_seen'] = 'Whoever teaches in a course sees who is enrolled, and whoever manages learning plans sees plans; they do not see your results by that.';
$string['survey_afterhours'] = 'Are you called upon by message or telephone outside your working time?';
$string['survey_all'] = 'Answer each question; “I would rather not say” is an answer.';
$string['survey_climate'] = 'Digital work: five questions without your name';
$string['survey_climate_help'] = 'Too much information, work that is cut up, incivility: for whoever the campaign is offered to, with the test or without. Answers are added up and kept with nobody, and never laid beside a result.';
$string['survey_climate_offer'] = 'Five questions on digital work, without names';
$string['survey_context'] = 'What you work with: five questions without your name';
$string['survey_context_help'] = 'Equipment, network, place, time, help: after the test. Answers are added up and kept with nobody, and never laid beside a result. A plan of action can have targets for them.';
$string['survey_context_offer'] = 'Five questions on equipment, place and time, without names';
$string['survey_cutup'] = 'Is your work cut up by messages, calls and notifications?';
$string['survey_equipment'] = 'Do you have the equipment that you need (computer, tablet, telephone)?';
$string['survey_explained'] = 'Your answers are added to those of others, without your name and without the time. Nobody can look them up, nor lay them beside your result. They are told once the campaign is over, about {$a} people at least. It is only kept that you have answered.';
$string['survey_hidden'] = 'not told';
$string['survey_network'] = 'Does the network work well enough where you work?';
$string['survey_no'] = 'No';
$string['survey_often'] = 'Often';
$string['survey_overload'] = 'Do you get more messages and information than you can handle?';
$string['survey_partly'] = 'Partly';
$string['survey_people'] = 'Answered by {$a} people. A figure that is too small is not told, nor one from which it could be computed.';
$string['survey_place'] = 'Do you have a place where you can work on a screen in calm?';
$string['survey_rarely'] = 'Rarely or never';
$string['survey_rude'] = 'Do you get messages that are rude or aggressive?';
$string['survey_scattered'] = 'Do you have to look in several tools for one piece of information?';
$string['survey_sometimes'] = 'Sometimes';
$string['survey_support'] = 'Is there somebody who helps you when something does not work?';
$string['survey_time'] = 'Do you have time at work to learn?';
$string['survey_told'] = 'Your answers were added. Thank you.';
$string['survey_toofew'] = 'Fewer than {$a} people have answered: nothing is told.';
$string['survey_unsaid'] = 'I would rather not say';
$string['survey_yes'] = 'Yes';
$string['takeback'] = 'Take the sharing back';
$string['task_count_gaps'] = 'Count who reaches what jobs ask';
$string['task_enrol_people'] = 'Enrol the people of a campaign';
$string['task_look_after_help'] = 'Remind of rendez-vous, and delete old ones';
$string['task_make_map'] = 'Make the map of a campaign';
$string['template_isnot'] = 'Used here alone.';
$string['template_isshared'] = 'Lent: organisations below may make campaigns of it.';
$string['template_none'] = 'There is no such test to make a campaign of. Choose one of the list in step 2.';
$string['template_of'] = '{$a->name} – lent by {$a->place}';
$string['template_share'] = 'Lend it';
$string['template_withdraw'] = 'Lend it no more';
$string['templates'] = 'Tests to lend';
$string['templates_intro'] = 'Organisations below this place can make campaigns of the tests that you lend, in courses of their own and with the same questions. Nobody sees the results of another organisation, and you see none of theirs here.';
$string['totest'] = 'To my test';
$string['training'] = 'Training';
$string['transversal_cannot'] = 'No campaign can be made of the map of all competences: {$a} Make one in four steps.';
$string['transversal_full'] = 'All competences, full length, in several sittings';
$string['transversal_intro'] = 'All 16 competences, ready to launch: nothing has to be typed. You see what it will be, and may change it before.';
$string['transversal_name_full'] = 'Our digital skills, competence by competence';
$string['transversal_name_short'] = 'Our digital skills, domain by domain';
$string['transversal_nocourse'] = 'The map is lent to you, and your campaign needs a course of yours where you may add tests. Ask whoever keeps your courses for one.';
$string['transversal_none'] = 'There is no map of all competences here. Ask for one to be lent, or make a campaign in four steps.';
$string['transversal_purpose'] = 'To see together which digital skills we have, and choose training.';
$string['transversal_short'] = 'All competences, short: {$a} questions at most, told by domain';
$string['useful'] = 'Was it useful? Three questions';
$string['useful_busy'] = 'Your answers were not saved. Send them again.';
$string['useful_clear'] = 'Were the questions and the result clear?';
$string['useful_explained'] = 'Your answers are counted without your name, and nobody can look them up afterwards. They are told once the campaign is over, about {$a} people at least. Answer what you like, once.';
$string['useful_later'] = 'It is told once the campaign is over.';
$string['useful_learned'] = 'Did you learn something of use to you?';
$string['useful_next'] = 'Do you know what you can do next?';
$string['useful_no'] = 'No';
$string['useful_none'] = 'Choose an answer to at least one question, then send it.';
$string['useful_partly'] = 'Partly';
$string['useful_people'] = 'Was it useful? How many answered what';
$string['useful_question'] = 'Question';
$string['useful_send'] = 'Send my answers';
$string['useful_told'] = 'You have said whether it was useful. Thank you.';
$string['useful_yes'] = 'Yes';
$string['version'] = 'Version';
$string['version_active'] = 'Version {$a->version}, which counts. Framework: {$a->framework}.';
$string['version_before'] = 'Version {$a->version}, which counts no more. Framework: {$a->framework}.';
$string['weight'] = 'Weight';
$string['workshop_ask'] = 'A workshop with others';
$string['workshop_asktold'] = 'If you ask for one, the advisers of {$a} read your name and how likely you reach each level of this competence, and nothing else. They may enrol you in the course of a workshop, in a group of people with a like need: whoever teaches there sees who is in it. Managers and human resources see no request. You can take it back.';
$string['workshop_cannotenrol'] = 'Nothing was made. People of this list who are not in the course, in which you may not enrol: {$a}. Choose another course.';
$string['workshop_changed'] = 'Somebody came, went or was measured anew since you looked. These are the groups now: look at them, and confirm again.';
$string['workshop_course'] = 'Course of the workshop';
$string['workshop_coursetold'] = 'Each group becomes a group of this course. Those who are not in it are enrolled, where you may. Numbers of groups are drawn by lot, so that they tell nothing of anybody.';
$string['workshop_everybody'] = 'Everybody who asked for one';
$string['workshop_gone'] = 'The groups of this workshop are not in the course any more.';
$string['workshop_group'] = '{$a->name} – group {$a->number}';
$string['workshop_groupof'] = 'A group: {$a}';
$string['workshop_least'] = 'People in a group, at least';
$string['workshop_level'] = 'Up to level';
$string['workshop_make'] = 'Make these groups';
$string['workshop_most'] = 'and at most';
$string['workshop_name'] = 'Name of the workshop';
$string['workshop_nocourse'] = 'Choose a course of the list, in which you may make groups.';
$string['workshop_nocourses'] = 'There is no course here in which you may make groups.';
$string['workshop_nothing'] = 'There is nothing to ask a workshop for here: choose a competence that was measured and is not reached for certain.';
$string['workshop_on'] = 'Workshop on (in brackets, how many would like one)';
$string['workshop_people'] = 'Whose result is of';
$string['workshop_proposal'] = 'Proposed groups';
$string['workshop_proposaltold'] = 'People with like gaps are together: the first group is the furthest from the level. Nothing is made before you confirm.';
$string['workshop_propose'] = 'Propose groups';
$string['workshop_signature'] = 'Signature';
$string['workshop_unwant'] = 'Take it back';
$string['workshop_want'] = 'I would like one';
$string['workshop_wanted'] = 'asked for';
$string['workshops'] = 'Workshops';
$string['workshops_intro'] = 'Groups of people with like gaps, of those who asked for a workshop and let the advisers know where they are in that competence. Nobody else is in these lists.';
$string['workshops_made'] = 'Workshops that were made';
$string['workshops_none'] = 'Nobody asked for a workshop yet. People ask for one among their next steps, in “My competences beside a profile”.';
$string['workshops_nonemade'] = 'None yet.';
