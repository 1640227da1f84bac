"""What developers write about a build tool, in English: forum topics, posts, staff answers."""

from __future__ import annotations

WORDS: dict[str, list[str]] = {
    "version": ["5.0", "5.1", "5.2", "5.2.3", "5.3", "6.0", "6.0.2", "5.1.4"],
    "os": [
        "Ubuntu 24.04",
        "macOS 15",
        "Debian 12",
        "Windows 11",
        "Alpine",
        "Fedora",
        "an arm64 runner",
        "a self-hosted runner",
    ],
    "lang": ["Rust", "Go", "TypeScript", "Python", "Kotlin", "C++", "Elixir", "Java"],
    "code": [
        "TW-1042",
        "TW-2210",
        "TW-0317",
        "exit code 137",
        "exit code 1",
        "TW-4401",
        "a 502",
        "a checksum mismatch",
    ],
    "size": ["40", "60", "120", "300", "15", "800"],
    "minutes": ["12", "18", "25", "40", "8", "31", "55"],
    "fast": ["2", "3", "4", "5", "6"],
    "since": [
        "since this morning",
        "since the upgrade",
        "since Monday",
        "for about a week",
        "after the last release",
        "since yesterday",
    ],
    "team": [
        "our team of twelve",
        "a small team",
        "our monorepo",
        "a side project",
        "two squads",
        "our platform group",
    ],
    "thing": [
        "the remote cache",
        "the dashboard",
        "the CLI",
        "the Slack integration",
        "secret rotation",
        "the matrix builds",
        "log streaming",
        "the docs search",
        "artifact upload",
        "the merge queue",
    ],
    "file": [
        "tide.yaml",
        "the lock file",
        "the cache key",
        "the env block",
        "the runner config",
        "the toolchain pin",
    ],
    "money": ["$49", "$120", "$300", "$80", "twice what we paid", "$15 per seat"],
    "rival": ["Kelpstack", "Gantryline"],
    "feature": [
        "per-branch caches",
        "flaky-test detection",
        "signed artifacts",
        "graph view",
        "cost reports",
        "ephemeral secrets",
        "dry-run mode",
        "parallel shards",
    ],
}
# Each topic: title, question, answers by members, answers by staff.
TOPICS: list[tuple[str, list[str], list[str], list[str]]] = [
    (
        "Remote cache misses on every run with {lang}",
        [
            "Every build of my {lang} project misses the remote cache {since}. I am on {version} and {os}. The key looks identical between runs. What am I missing?",
            "I expected the second run to hit the cache, but `tide build` starts from zero each time. {os}, version {version}. Any idea?",
        ],
        [
            "Check whether {file} contains a timestamp, that invalidated mine.",
            "Same here on {version}. Pinning the toolchain helped a lot.",
            "Run with `--explain-cache`, it prints what changed in the key.",
        ],
        [
            "A timestamp in {file} changes the key. `tide cache explain` shows the field; remove it and the second run should hit.",
            "We reproduced this on {version}. A fix is merged and ships in the next patch release. Sorry for the trouble.",
        ],
    ),
    (
        "Build fails with {code} on {os}",
        [
            "My pipeline fails with {code} {since}. Nothing changed on our side. Full log is attached. This is blocking {team}.",
            "After upgrading to {version} I get {code} on {os}. Rolling back works. Is this a known bug?",
        ],
        [
            "I saw {code} when the runner was out of memory. Doubling it fixed the problem.",
            "Same error here, rolling back to {version} is a decent workaround.",
            "Clearing the local store solved it for me, strangely.",
        ],
        [
            "Thanks for the log. {code} means the runner was killed; please raise the memory limit to 4 GB and try again.",
            "This is a regression in {version}, sorry. The patch is out now; please upgrade and tell us if it persists.",
        ],
    ),
    (
        "How do I share secrets between pipelines?",
        [
            "I have {size} pipelines that need the same token. Copying it around feels wrong. What is the recommended way in {version}?",
            "The docs mention organization secrets, but I cannot find the page. Could somebody point me to an example for {lang}?",
        ],
        [
            "Organization secrets, then reference them with `from: org`. Works great for {team}.",
            "We keep them in a vault and mount them, no complaints so far.",
        ],
        [
            "Use organization secrets: define once, then `from: org` in {file}. I have also updated the docs page, thanks for the hint.",
            "Good question! There is an example for {lang} in the repository; I linked it in the docs today.",
        ],
    ),
    (
        "Docs for {thing} are confusing",
        [
            "I have read the page about {thing} three times and I still do not understand the order of the steps. The example does not run on {version}.",
            "The docs for {thing} describe options that no longer exist. It took me {minutes} minutes to find out. Please fix them.",
        ],
        [
            "Agreed, the old page was clearer. The blog post from last year still helps.",
            "I wrote a gist with a working example, happy to share.",
        ],
        [
            "You are right, that page was outdated. I rewrote it this afternoon; please tell me whether it reads better.",
            "Sorry about that. A new example for {version} is up, tested on {os}.",
        ],
    ),
    (
        "Pricing question for {team}",
        [
            "With the new pricing we would pay {money} for {size} builds a day. Is there a plan for {team}? It feels expensive for what we use.",
            "I do not understand how minutes are counted on the new plan. Are cached steps free? The page is not clear.",
        ],
        [
            "Cached steps are free for us, we checked the invoice.",
            "We compared with {rival}, the total was about the same.",
            "Open source projects get it free, ask support.",
        ],
        [
            "Cached steps do not count. I sent you a breakdown of last month by message.",
            "Fair point. There is a discount for teams under ten people; the pricing page now says so.",
        ],
    ),
    (
        "Slow builds after upgrading to {version}",
        [
            "Our build went from {fast} to {minutes} minutes after the upgrade to {version}. {lang}, {os}. This is frustrating, did anything change in scheduling?",
            "Builds are painfully slow {since}. The graph shows idle runners waiting for {minutes} minutes.",
        ],
        [
            "Try `--shards auto`, the default changed.",
            "We had the same, the culprit was {file}.",
            "Mine are slow too, subscribing.",
        ],
        [
            "The default number of shards changed in {version}. Setting `shards: auto` in {file} restores the old behavior.",
            "We found a queue problem in one region and fixed it an hour ago. Could you check again?",
        ],
    ),
    (
        "Integration with {thing}: webhook never fires",
        [
            "I set up the webhook as documented, the test button works, but real builds never trigger it. {version}. What else can I check?",
            "Since the last release {thing} stopped receiving events. No error anywhere, which makes it hard to debug.",
        ],
        [
            "Look at the delivery log in the settings, mine showed a wrong secret.",
            "Firewall, in our case.",
        ],
        [
            "The event name changed in {version}: use `build.finished`. The changelog missed it, my apologies.",
            "I can see failed deliveries on our side. Rotating the secret should fix it.",
        ],
    ),
    (
        "Migrating from {rival}: any advice?",
        [
            "We are moving {team} from {rival} to Tidewater. About {size} pipelines, mostly {lang}. What should I know before starting?",
            "Evaluating Tidewater against {rival} for {lang} builds. How does the cache compare in practice?",
        ],
        [
            "The importer handled 90 percent of ours, we are very happy with the move.",
            "Start with the slowest pipeline, the gain is impressive.",
            "Secrets were the only painful part.",
        ],
        [
            "Welcome! `tide import` reads their files; anything it cannot translate is listed at the end. Happy to review your first pipeline.",
            "Glad to help. Here is a migration guide, and I can join a call with your group next week.",
        ],
    ),
    (
        "Feature request: {feature}",
        [
            "It would be wonderful to have {feature} in Tidewater. We do it with scripts today and it is fragile.",
            "Any plan for {feature}? It is the only thing we miss compared to {rival}.",
        ],
        [
            "+1, that would be awesome.",
            "Yes please. We hacked something together, it breaks every month.",
            "I would love this too.",
        ],
        [
            "Thanks for the write-up! {feature} is on the roadmap; I added your use case to the issue.",
            "We do not plan this for the current cycle, and I prefer to be honest about it. The plugin interface may help meanwhile.",
        ],
    ),
    (
        "Runner hangs while uploading artifacts",
        [
            "The upload of a {size} MB artifact hangs forever on {os}. Version {version}. I have to cancel it by hand, which is annoying.",
            "Artifacts above {size} MB never finish {since}. Small ones are fine.",
        ],
        [
            "Compression off helped me.",
            "It is the proxy here, disabling it made uploads fast again.",
        ],
        [
            "Chunked upload is broken behind some proxies in {version}. Setting `upload.chunk: 8MB` works around it until the patch.",
            "Could you send the output of `tide doctor`? It shows where the upload waits.",
        ],
    ),
    (
        "Local run differs from CI",
        [
            "`tide run` passes on my laptop ({os}) but fails on CI with {code}. Same commit. How do you debug this?",
            "Tests are green locally and red on the runner {since}. I suspect {file} but I cannot prove it.",
        ],
        [
            "`tide shell --as-ci` saved me hours, brilliant command.",
            "Check the locale, it was that for us.",
            "Different default shell. Classic.",
        ],
        [
            "`tide shell --as-ci` opens the same image as the runner. The difference usually shows at once.",
            "The runner image moved to a newer toolchain last week. Pin it in {file} to be safe.",
        ],
    ),
]
SHOWCASES: list[tuple[str, str]] = [
    (
        "Show and tell: {minutes} minutes down to {fast} with {feature}",
        "We finally switched {team} to {feature} and the build is amazingly fast now. {lang}, {os}. Happy to answer questions, and thank you to the maintainers for the great work.",
    ),
    (
        "A small plugin for {thing}",
        "I wrote a plugin that posts a summary of {thing} after each build. It is tiny, written in {lang}, tested on {os} and open source. Feedback welcome, I hope it is useful to {team}.",
    ),
    (
        "How we run {size} pipelines with Tidewater",
        "A write-up of our setup: {lang}, {os}, {feature}. It was easier than expected and the cache is excellent. The weak spot remains {thing}.",
    ),
]
RELEASES: list[tuple[str, str, str]] = [
    (
        "2025-06-10T11:00",
        "Tidewater 5.0 is out",
        "Version 5.0 brings a new scheduler, faster cold starts and a rewritten CLI. Upgrade notes are in the docs. Thank you to the 61 people who tested the beta.",
    ),
    (
        "2025-10-21T11:00",
        "Tidewater 5.2: signed artifacts",
        "Signed artifacts and cost reports are available to everyone. Please read the note on key rotation before upgrading.",
    ),
    (
        "2026-01-13T10:00",
        "Changes to our pricing",
        "From February, minutes are counted per step and cached steps are free. Most teams pay less; some pay more, and we will write to each of them. Ask anything below.",
    ),
    (
        "2026-03-24T11:00",
        "Tidewater 6.0 is out",
        "Version 6.0 is our biggest release: graph view, merge queue, parallel shards by default. The migration guide lists four breaking changes.",
    ),
    (
        "2026-04-09T16:30",
        "Incident: remote cache unavailable",
        "The remote cache was unavailable for 3 hours 40 minutes today. Builds ran without it, slowly. We are sorry; a full report follows within five days.",
    ),
    (
        "2026-05-19T11:00",
        "Tidewater 6.1: dry-run mode",
        "Dry-run mode, a better docs search and 84 fixes. Thank you for the reports that made this one better.",
    ),
]
RELEASE_REPLIES = {
    "positive": [
        "Great release, the new scheduler is fantastic.",
        "Upgraded {team} without a problem, thank you!",
        "Love the {feature}, well done.",
        "Builds are down to {fast} minutes, impressive work.",
        "Thanks for the clear notes, they made the upgrade easy.",
    ],
    "neutral": [
        "Does this work with {lang} on {os}?",
        "When will the {os} image follow?",
        "Is {feature} available on the free plan?",
        "Will {version} still get patches?",
    ],
    "negative": [
        "The upgrade broke {thing} for us, not happy.",
        "Disappointed to see a breaking change without a flag.",
        "{thing_c} is worse than before on {os}, we rolled back.",
        "Our bill goes to {money}, this is a bad surprise.",
        "Terrible timing, we lost a day on this.",
    ],
}
THANKS: list[str] = [
    "That fixed it, thank you!",
    "Works perfectly now, thanks a lot.",
    "You are right, it was {file}. Thanks!",
    "Brilliant, {minutes} minutes saved per build. Thank you.",
    "Solved, marking as answered. Great support.",
    "Changing {file} did the trick, thank you.",
    "Confirmed on {os}: it works now. Thanks!",
    "Great, {size} jobs green again, many thanks.",
    "Happy to report that it works with {lang}. Thank you both.",
    "Upgraded to {version} and the problem is gone, thanks.",
    "Perfect, the second suggestion worked on {os}.",
    "Thanks, that was quick!",
    "It was the proxy after all. Appreciate the help.",
]
STILL: list[str] = [
    "Still broken for me on {version}, unfortunately.",
    "Any news on this? We are blocked.",
    "Bumping this, the problem is back {since}.",
    "I tried that, same error: {code}.",
    "Not solved here. It is getting frustrating.",
]
FOLLOW: list[str] = [
    "Following, I have the same question for {lang}.",
    "Which version are you on? We saw this on {version}.",
    "Could you post {file}? Hard to tell without it.",
    "In my experience {os} behaves differently there.",
    "For the record, {feature} makes this easier.",
]
AFTERWORDS: list[str] = [
    " For the next person: read the whole thread.",
    " I will write it up.",
    " Two days of my life, gone.",
    " On to the next one.",
    " This forum is great.",
    " I owe you a coffee.",
    " Closing my other topic too.",
    " Saved for our wiki.",
    " My manager is happy.",
    " Tested twice to be sure.",
    " My colleagues say hello.",
    " I should have read the changelog.",
]
STAFF_MORE: list[str] = [
    " The details are in the notes for {version}.",
    " If it still fails on {os}, send us {file}.",
    " We test this on {os} every night.",
    " I opened an issue so that it is not lost.",
    " It affects {lang} projects only.",
    " We will add a test for it.",
    " More on that page: {thing}.",
]
STAFF_INTROS = [
    "Hi {first}, ",
    "Hi {first}, thanks for the report. ",
    "Hello {first}, ",
    "",
    "Thanks {first}. ",
]
STAFF_SIGN = ["", "", " — {staff}", " Let us know how it goes."]

SOCIAL = {
    "positive": [
        "{b} cut our {lang} build from {minutes} to {fast} minutes, impressive",
        "Really happy with {b} {feature}, it just works",
        "Moved {team} to {b} last month, best decision of the quarter",
        "The {b} docs got so much better, great job",
        "{b} support answered in an hour with a fix, excellent",
        "I love how {b} handles {thing}, simple and fast",
        "{feature} in {b} is a wonderful addition",
        "Finally a CI tool that respects my time, thanks {b}",
    ],
    "negative": [
        "{b} is down again, builds stuck for {minutes} minutes, frustrating",
        "The {b} upgrade broke {thing}, terrible release",
        "{b} pricing is getting ridiculous, {money} for a tiny project",
        "Hours lost on {code} in {b}, awful error messages",
        "{thing_c} in {b} is painfully slow on {os}",
        "Disappointed by {b}: the bug with {thing} is still open",
        "{b} docs for {thing} are wrong, again",
        "Cannot recommend {b} for {lang} right now, too many bugs",
    ],
    "neutral": [
        "Anyone using {b} with {lang} on {os}?",
        "{b} {version} is out",
        "Comparing {b} and {other} for {team}, any numbers?",
        "Does {b} support {feature}?",
        "Reading the {b} {version} release notes",
        "How do you pin the toolchain in {b}?",
        "Talk accepted: caching {lang} builds with {b}",
        "{b} is hiring for developer relations",
        "Is there a {b} example for {thing}?",
        "We moved {size} pipelines to {b}, write-up soon",
    ],
}
SOCIAL_MORE = {
    "positive": [
        "Would buy again",
        "The team is lovely too",
        "Whole team noticed",
        "No more coffee breaks during builds",
        "Highly recommended",
        "{lang} people should try it",
        "Setup took {minutes} minutes",
    ],
    "negative": [
        "Rolling back to {version}",
        "Support has not replied yet",
        "Looking at {rival} now",
        "Second time this month",
        "We are blocked {since}",
        "A workaround would be nice",
        "Not what we pay {money} for",
    ],
    "neutral": [
        "Asking for {team}",
        "Context: {lang} on {os}",
        "Links welcome",
        "Version {version} here",
        "Preferably with {feature}",
        "Notes in the thread",
        "Still collecting opinions",
    ],
}
HN_TITLES = [
    "{b} {version}",
    "{b}: {feature} explained",
    "Ask: who uses {b} for {lang}?",
    "How {b} cut our {lang} builds to {fast} minutes",
    "Why we left {b}",
    "{b} vs {other}: a benchmark",
]
NEWS: list[tuple[str, str]] = [
    (
        "{b} ships {feature}",
        "{b} has released {feature} for all plans. The company says early users saw shorter builds. Analysts expect rivals to follow.",
    ),
    (
        "Developer tools: {b} raises prices, keeps a free tier",
        "{b} changes the way it counts build minutes. Open source projects keep a free plan. Some customers complain about higher bills.",
    ),
    (
        "{b} opens an office in Lisbon",
        "The maker of the build tool {b} plans to hire thirty engineers. The move follows a year of growth.",
    ),
    (
        "Build caching is having a moment",
        "{b} and its competitors race to make builds faster. Independent tests show good results, with large differences between languages.",
    ),
    (
        "{b} publishes incident report",
        "{b} explained a failure of its cache service and promised better isolation. Customers welcomed the clear account.",
    ),
]
HOMONYMS = [
    "High tide in the tidewater estuary this morning, lovely light",
    "Walking the Virginia tidewater, beautiful salt marsh",
    "Hurricane season in the tidewater region starts early",
    "The tidewater goby is back in the estuary",
]
