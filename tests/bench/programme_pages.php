<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Gets each page of the programme as those whose page it is, by HTTP, and prints how long it took, how often it asked the
// database, its processor time and its size: of six times, the first left out, the median. Ends with 1 where a page is no page or
// takes a second or more.
// Usage: php programme_pages.php ADDRESS MADE PASSWORD LOG [BEFORE]   MADE: file with what programme.php made; LOG: that of PHP,
//        where Moodle writes what a request cost; BEFORE: file with what another size printed as its last line, to compare with
[, $address, $file, $password, $log] = $argv;
$lines = file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
$made = json_decode((string) end($lines), true, 512, JSON_THROW_ON_ERROR);
$before = isset($argv[5]) ? json_decode((string) current(array_slice(file($argv[5]), -1)), true) : [];
define("TIMES", (int) (getenv("PALIER_TIMES") ?: 5));
const MOST = 1.0;

/** Somebody who has logged in. */
final class browser {
    private CurlHandle $curl;

    public function __construct(private readonly string $address, string $username, string $password) {
        $this->curl = curl_init();
        curl_setopt_array($this->curl, [
            CURLOPT_COOKIEFILE => '', CURLOPT_RETURNTRANSFER => true, CURLOPT_FOLLOWLOCATION => true, CURLOPT_TIMEOUT => 300,
        ]);
        [, $page] = $this->get('/login/index.php');
        preg_match('/name="logintoken" value="([^"]*)"/', $page, $token);
        curl_setopt($this->curl, CURLOPT_POSTFIELDS, http_build_query([
            'username' => $username, 'password' => $password, 'logintoken' => $token[1] ?? '',
        ]));
        $this->get('/login/index.php');
        curl_setopt($this->curl, CURLOPT_HTTPGET, true);
        [, $page] = $this->get('/user/preferences.php');
        str_contains($page, 'logout.php') || exit("$username could not log in\n");
    }

    public function get(string $path): array {
        curl_setopt($this->curl, CURLOPT_URL, $this->address . $path);
        $body = curl_exec($this->curl);
        return [curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE), (string) $body, curl_getinfo($this->curl, CURLINFO_TOTAL_TIME)];
    }
}

function median(array $numbers): float {
    sort($numbers);
    return $numbers[intdiv(count($numbers), 2)];
}

$of = fn(string $place): string => 'contextid=' . $made['contexts'][$place];
$organisation = fn(string $place): array => [
    'campaigns' => "campaigns.php?{$of($place)}", 'maps' => "maps.php?{$of($place)}", 'gaps' => "gaps.php?{$of($place)}",
    'gaps, file' => "gaps.php?{$of($place)}&download=1", 'profiles' => "index.php?{$of($place)}",
    'profiles, file' => "index.php?{$of($place)}&download=1", 'catalogue' => "catalogue.php?{$of($place)}",
    'catalogue, file' => "catalogue.php?{$of($place)}&download=1", 'new campaign' => "editcampaign.php?{$of($place)}",
    'tests to lend' => "templates.php?{$of($place)}", 'import' => "import.php?{$of($place)}",
];
$some = fn(string $place, string ...$names): array => array_intersect_key($organisation($place), array_flip($names));
$campaign = fn(string $which): array => [
    "campaign ($which)" => "campaign.php?id=$made[$which]", "campaign ($which), file" => "campaign.php?id=$made[$which]&download=1",
    "poster ($which)" => "poster.php?id=$made[$which]",
];
$maps = ["map (own)" => "map.php?id=$made[ownmap]", "map (own), file" => "map.php?id=$made[ownmap]&download=1"]
    + (isset($made['largemap']) ? [
        'map (first)' => "map.php?id=$made[largemap]", 'map (first), a group' => "map.php?id=$made[largemap]&line=1",
        'map (first), a competence' => "map.php?id=$made[largemap]&row=0", 'map (first), file' => "map.php?id=$made[largemap]&download=1",
    ] : []);
$roles = [
    $made['learner'] => [
        'my competences' => 'mine.php', 'my competences, a job' => "mine.php?id=$made[job]", 'my campaigns' => 'mycampaigns.php',
        'join' => "join.php?code=$made[lastcode]", 'join (all)' => "join.php?code=$made[secondcode]",
        'course with 20 conditions' => "/course/view.php?id=$made[course]",
    ],
    'hr-small' => $some('small', 'maps', 'gaps', 'gaps, file') + array_slice($maps, 0, 2),
    'campaigns-small' => $some('small', 'campaigns', 'new campaign', 'tests to lend') + $campaign('own'),
    'hr-centre' => $some('centre', 'maps', 'gaps', 'gaps, file') + ['make a map' => "makemap.php?id=$made[first]"] + array_slice($maps, 2),
    'campaigns-centre' => $some('centre', 'campaigns', 'new campaign', 'tests to lend') + $campaign('first') + $campaign('second'),
    'trainings-centre' => $some('centre', 'catalogue', 'catalogue, file', 'gaps'),
    'profiles-centre' => $some('centre', 'profiles', 'profiles, file', 'import') + ['profile' => "profile.php?id=$made[job]"],
    $made['admin'] => $organisation('site') + ['category' => "/course/index.php?categoryid=1"],
];
$bad = 0;
$told = [];
printf("%-18s %-28s %6s %6s %8s %8s %8s %8s\n", 'who', 'page', 'reads', 'writes', 'time ms', 'CPU ms', 'KB', 'reads at the other size');
foreach ($roles as $who => $pages) {
    $browser = new browser($address, $who, $password);
    foreach ($pages as $name => $path) {
        $path = $path[0] === '/' ? $path : "/local/palier/$path";
        $costs = [];
        for ($i = 0; $i <= TIMES; $i++) {
            clearstatcache();
            $at = filesize($log);
            [$status, $page, $seconds] = $browser->get($path);
            $entry = (string) file_get_contents($log, false, null, $at);
            preg_match_all('~db reads/writes: (\d+)/(\d+)~', $entry, $asked);
            preg_match_all('~ticks: \d+ user: (\d+) sys: (\d+)~', $entry, $ticks);
            $wrong = $status !== 200 || str_contains($page, 'data-rel="fatalerror"') || strlen($page) < 100;
            if ($i || $wrong) {
                $costs[] = [array_sum($asked[1]), array_sum($asked[2]), $seconds, 10 * (array_sum($ticks[1]) + array_sum($ticks[2])), strlen($page)];
            }
            if ($wrong) {
                break;
            }
        }
        [$reads, $writes, $seconds, $cpu, $bytes] = array_map(fn(int $place): float => median(array_column($costs, $place)), range(0, 4));
        $told["$who: $name"] = $reads;
        $slow = $seconds >= MOST;
        $bad += (int) ($wrong || $slow);
        printf("%-18s %-28s %6d %6d %8d %8d %8d %8s%s\n", $who, $name, $reads, $writes, 1000 * $seconds, $cpu, $bytes / 1024,
            $before["$who: $name"] ?? '', $wrong ? "  not a page: HTTP $status" : ($slow ? '  too slow' : ''));
    }
}
echo json_encode($told), "\n";
exit($bad ? 1 : 0);
