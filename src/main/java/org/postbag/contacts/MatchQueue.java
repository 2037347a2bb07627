package org.postbag.contacts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.postbag.contacts.Matches.Group;
import org.postbag.contacts.Matches.Match;
import org.postbag.contacts.Matches.Queue;

/** Makes the queue of the pairs that nobody decided: each two contacts once, and those that are tied to each other in one group. Pure. */
final class MatchQueue {

    /** Two contacts as they are by now, the smaller number first. */
    record Two(long one, long other) {

        static Two of(long one, long other) {
            return new Two(Math.min(one, other), Math.max(one, other));
        }

        static Two of(Match match) {
            return of(match.oneNow(), match.otherNow());
        }
    }

    private final Map<Long, Long> parents = new HashMap<>();

    private MatchQueue() {}

    /**
     * @param undecided that nobody looked at, or was not sure of; the likeliest first
     * @param notSame whom staff know apart
     * @param whole whether these are all there are
     */
    static Queue of(List<Match> undecided, Set<Two> notSame, boolean whole) {
        var open = new LinkedHashMap<Two, Match>();
        var notSure = new LinkedHashMap<Two, Match>();
        for (var match : undecided) {
            var two = Two.of(match);
            if (!match.isJoined() && !notSame.contains(two)) {
                (match.said() == null ? open : notSure).putIfAbsent(two, match);
            }
        }
        open.keySet().removeAll(notSure.keySet());
        var pairs = List.copyOf(open.values());
        return new Queue(new MatchQueue().groups(pairs), List.copyOf(notSure.values()), pairs.size(), whole);
    }

    private List<Group> groups(List<Match> pairs) {
        for (var pair : pairs) {
            parents.put(root(pair.oneNow()), root(pair.otherNow()));
        }
        var tied = new LinkedHashMap<Long, List<Match>>();
        for (var pair : pairs) {
            tied.computeIfAbsent(root(pair.oneNow()), root -> new ArrayList<>()).add(pair);
        }
        return tied.values().stream().map(MatchQueue::group).toList();
    }

    private long root(long contact) {
        long root = contact;
        for (Long up = parents.get(root); up != null && up != root; up = parents.get(root)) {
            root = up;
        }
        parents.put(contact, root);
        return root;
    }

    private static Group group(List<Match> pairs) {
        var shown = new TreeSet<Long>();
        var all = new HashSet<Long>();
        for (var pair : pairs) {
            var both = List.of(pair.oneNow(), pair.otherNow());
            all.addAll(both);
            long more =
                    both.stream().filter(contact -> !shown.contains(contact)).count();
            if (shown.size() + more <= Matches.GROUP_CONTACTS_MAX) {
                shown.addAll(both);
            }
        }
        var ofShown = pairs.stream()
                .filter(pair -> shown.contains(pair.oneNow()) && shown.contains(pair.otherNow()))
                .toList();
        return new Group(ofShown, List.copyOf(shown), all.size());
    }
}
