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

$string['asked'] = 'Level asked';
$string['basis_corresponding'] = 'By {$a->framework}, {$a->numbers}: a correspondence, not a measurement.';
$string['basis_domain'] = 'Only its domain was measured, which decides nothing.';
$string['basis_incomplete'] = 'By {$a->framework}, {$a->numbers}: a correspondence, not a measurement; the rest of what corresponds was not assessed, so nothing is decided.';
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
$string['event_gaps_exported'] = 'Gaps exported';
$string['event_gaps_requested'] = 'Count of gaps requested';
$string['event_gaps_viewed'] = 'Gaps viewed';
$string['event_profile_retired'] = 'Profile retired';
$string['event_profiles_exported'] = 'Profiles exported';
$string['event_profiles_imported'] = 'Profiles imported';
$string['export'] = 'Export those that count';
$string['family'] = 'Family of jobs';
$string['fault'] = 'Fault';
$string['fault_choice'] = '“{$a->found}” is none of: {$a->known}.';
$string['fault_code'] = '“{$a}” is no code of a profile: letters, digits, full stops, hyphens and underscores.';
$string['fault_cohort'] = 'There is no cohort with the identifier “{$a}” here.';
$string['fault_cohorts'] = 'Several cohorts have the identifier “{$a}” here.';
$string['fault_cohorttaken'] = 'The cohort “{$a}” is that of another job already.';
$string['fault_column'] = 'There is no such column. Known are: {$a}.';
$string['fault_columntwice'] = 'This column is there twice.';
$string['fault_competence'] = '“{$a->found}” is no competence of {$a->framework}. Write its number, such as 1.1; of a framework of the site, the identifier of the competency.';
$string['fault_control'] = 'A line break or another control character. Write the text on one line.';
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
$string['fault_number'] = '“{$a->found}” is no whole number from {$a->first} to {$a->last}.';
$string['fault_textlong'] = 'More than {$a} characters.';
$string['fault_twice'] = 'Competence {$a->competence} of this profile is on line {$a->line} already.';
$string['fault_yesno'] = '“{$a}” is neither yes nor no.';
$string['faults'] = 'What is wrong with the file';
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
$string['guide'] = 'Guide';
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
$string['kind'] = 'Kind';
$string['kind_floor'] = 'Starting floor';
$string['kind_job'] = 'Job';
$string['kind_socle'] = 'Common base';
$string['least'] = 'Fewest people in a figure';
$string['least_desc'] = 'No figure about fewer people is shown, and none that can be computed from others. At least {$a}.';
$string['level'] = 'Level {$a}';
$string['line'] = 'Line';
$string['mine'] = 'My competences beside a profile';
$string['mine_explained'] = '“Reached” and “not reached yet” are said from 90 chances in a hundred. Below that it is not certain yet: more questions may tell. “Not assessed” says nothing about you.';
$string['mine_first'] = 'A good place to begin:';
$string['mine_intro'] = 'Your own results beside what a profile asks. Nobody but you sees this page, and opening it shares nothing.';
$string['mine_none'] = 'There is no profile for you to compare with yet.';
$string['mine_summary'] = 'Reached: {$a->reached}. Not certain yet: {$a->undecided}. Not reached yet: {$a->notreached}. Not assessed: {$a->unknown}.';
$string['nocohort'] = 'No single cohort has this identifier here: nobody is counted.';
$string['noframework'] = 'This version of the framework is not known here: nothing can be compared. Import the profile in a version that is known.';
$string['noprofile'] = 'This profile is not there, or not for you.';
$string['palier:compareown'] = 'Compare one\'s own results with a profile';
$string['palier:manageprofiles'] = 'Manage profiles of competences';
$string['palier:viewgaps'] = 'See how many people reach what their jobs ask';
$string['people'] = 'People who do the job';
$string['pluginname'] = 'The organisation\'s programme';
$string['privacy:metadata'] = 'The organisation\'s programme keeps nothing about people: profiles are about jobs, and its counts are published only where they are about enough people.';
$string['profile'] = 'Profile';
$string['profiles'] = 'Profiles';
$string['profiles_intro'] = 'A profile says which level each competence should have: for everybody, for a job, or to begin with. A change makes a new version; those before stay as they were.';
$string['profiles_none'] = 'There is no profile yet. Import a file, or begin with the six sample jobs.';
$string['provisional'] = 'Provisional';
$string['reason'] = 'Why';
$string['remarks'] = 'Remarks';
$string['retire'] = 'Retire';
$string['retired'] = '“{$a}” counts no more.';
$string['risky'] = 'People are moved to this job, and its work changes strongly.';
$string['role_palierhr'] = 'Human resources (Palier)';
$string['role_palierhr_desc'] = 'Sees how many people reach what their jobs ask, in the course category where the role is given, and never who.';
$string['role_palierprofiles'] = 'Keeper of profiles (Palier)';
$string['role_palierprofiles_desc'] = 'Imports, exports and retires profiles of competences in the course category where the role is given, and sees no result.';
$string['samples'] = 'Look at the six sample jobs';
$string['source'] = 'From which result';
$string['source_of'] = 'Test of {$a}';
$string['task_count_gaps'] = 'Count who reaches what jobs ask';
$string['version'] = 'Version';
$string['version_active'] = 'Version {$a->version}, which counts. Framework: {$a->framework}.';
$string['version_before'] = 'Version {$a->version}, which counts no more. Framework: {$a->framework}.';
$string['weight'] = 'Weight';
