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

namespace mod_palier\local\attempt;

/**
 * What became of a post: one of these.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class outcome {
    /** @var string The answer is recorded and there is a next question. */
    public const SAVED = 'saved';

    /** @var string The response was not complete: it is shown again and is no step. */
    public const INVALID = 'invalid';

    /** @var string The post came from a page that is no longer current: nothing changed. */
    public const STALE = 'stale';

    /** @var string The response is kept and the question stays on screen. */
    public const KEPT = 'kept';

    /** @var string The test is paused. */
    public const PAUSED = 'paused';

    /** @var string The test goes on after a pause. */
    public const RESUMED = 'resumed';

    /** @var string The question was withdrawn and another one asked. */
    public const WITHDRAWN = 'withdrawn';

    /** @var string The test is over. */
    public const FINISHED = 'finished';

    /** @var string The dates are over: the test was closed with the answers before. */
    public const CLOSED = 'closed';

    /** @var string The engine does not answer: the response is kept on screen. */
    public const ENGINE = 'engine';

    /** @var string The database refused: nothing was written. */
    public const STORAGE = 'storage';

    /** @var string Another post of the same attempt is being worked on. */
    public const BUSY = 'busy';

    /** @var string The question is reported: a person is told. */
    public const FLAGGED = 'flagged';

    /** @var string The report is taken back. */
    public const UNFLAGGED = 'unflagged';

    /** @var string The report was answered and stays. */
    public const ANSWERED = 'answered';

    /** @var string The comment was too long: nothing was sent. */
    public const TOOLONG = 'toolong';

    /** @var string The test is paused, and trainers are asked for a person. */
    public const TOGETHER = 'together';

    /** @var string The test is paused, and trainers are asked for the questions on paper. */
    public const PAPER = 'paper';

    /** @var string Two items were put in one place: the question is shown again and this is no step. */
    public const PLACES = 'places';
}
