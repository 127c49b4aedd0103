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

namespace mod_palier\local;

/**
 * What became of a post.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
enum outcome: string {
    /** The answer is recorded and there is a next question. */
    case saved = 'saved';

    /** The response was not complete: it is shown again and is no step. */
    case invalid = 'invalid';

    /** The post came from a page that is no longer current: nothing changed. */
    case stale = 'stale';

    /** The response is kept and the question stays on screen. */
    case kept = 'kept';

    /** The test is paused. */
    case paused = 'paused';

    /** The test goes on after a pause. */
    case resumed = 'resumed';

    /** The question was withdrawn and another one asked. */
    case withdrawn = 'withdrawn';

    /** The test is over. */
    case finished = 'finished';

    /** The dates are over: the test was closed with the answers before. */
    case closed = 'closed';

    /** The engine does not answer: the response is kept on screen. */
    case engine = 'engine';

    /** The database refused: nothing was written. */
    case storage = 'storage';

    /** Another post of the same attempt is being worked on. */
    case busy = 'busy';
}
