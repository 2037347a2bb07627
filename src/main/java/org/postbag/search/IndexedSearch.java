package org.postbag.search;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Sight;
import org.postbag.enquiries.Work;
import org.postbag.enquiries.Working;
import org.postbag.retention.RetentionRule;
import org.postbag.search.language.Words;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Finds by the index, shows from PostgreSQL, and keeps each question under an id. */
@Component
class IndexedSearch implements Search {

    private static final Set<Role> READERS =
            EnumSet.of(Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER);

    /** How long whoever asked may open a question again. */
    static final Duration OPENED = Duration.ofDays(30);

    /** How long a question is kept, since the trail names it by its id alone: long enough to look into what somebody searched for. */
    static final Period KEPT = Period.ofYears(1);

    /** How often a page is filled up after hits that may not be shown; then it is shown with fewer. */
    private static final int ROUNDS_MAX = 5;

    private final SearchIndex index;
    private final Reindex reindex;
    private final ShownHits shown;
    private final Working working;
    private final JdbcClient jdbc;
    private final AuditTrail trail;
    private final JsonMapper json;
    private final Clock clock;

    IndexedSearch(
            SearchIndex index,
            Reindex reindex,
            ShownHits shown,
            Working working,
            JdbcClient jdbc,
            AuditTrail trail,
            JsonMapper json,
            Clock clock) {
        this.index = index;
        this.reindex = reindex;
        this.shown = shown;
        this.working = working;
        this.jdbc = jdbc;
        this.trail = trail;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public UUID ask(Query query, StaffMember member) {
        requireReader(member);
        var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        var id = UUID.randomUUID();
        // It waits for no disk: what names it, the trail above all, is committed after it and takes it along.
        jdbc.sql("""
                        insert into search_query (id, asked_by, asked_at, query)
                        select ?, ?, ?, ?::jsonb from set_config('synchronous_commit', 'off', true)
                        """)
                .params(id, member.actor(), now, json.writeValueAsString(query.withAfter(null)))
                .update();
        return id;
    }

    @Override
    public Optional<Query> asked(UUID id, StaffMember member) {
        requireReader(member);
        return jdbc.sql(
                        "select query from search_query where id = ? and asked_by = ? and asked_at >= ? and query -> 'contact' is null")
                .params(
                        id,
                        member.actor(),
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                                .minus(OPENED))
                .query((row, _) -> json.readValue(row.getString(1), Query.class))
                .optional();
    }

    @Override
    public Optional<Results> page(UUID id, @Nullable After after, StaffMember member) {
        return asked(id, member).map(query -> {
            var results = results(query.withAfter(after), member);
            record(id, results, member);
            return results;
        });
    }

    private Results results(Query asked, StaffMember member) {
        var today = LocalDate.ofInstant(clock.instant(), RetentionRule.ZONE);
        try {
            var read = Words.read(asked.words());
            var withheld = withheld(asked, read, today, member);
            var first = first(asked.by(reader(member, today)), withheld.isEmpty());
            var query = first.query();
            var hits = first.hits();
            long total = hits.total() + withheld.size();
            var facets = hits.facets();
            var found = new ArrayList<Found>();
            for (int round = 1; ; round++) {
                var current = shown.read(hits.enquiryIds(), query, today, member);
                total -= hits.enquiryIds().size() - current.size();
                found.addAll(current);
                if (hits.after() == null || found.size() == query.size() || round == ROUNDS_MAX) {
                    break;
                }
                hits = index.search(query.withSize(query.size() - found.size()).withAfter(hits.after()));
            }
            boolean loosely = query.loosely() && total > 0;
            return new Results(
                    asked, total, found, withheld, facets, hits.after(), reindex.isComplete(), loosely, read.notes());
        } catch (IOException e) {
            throw new SearchUnavailable(index.trouble(e), e);
        }
    }

    /** @param enquiryIds in order; empty where there are more in all than were asked for */
    record Listed(long total, List<Long> enquiryIds) {}

    /**
     * All that the index finds for somebody, where it is no more than {@code max}. None of it was read in PostgreSQL yet, and nothing is recorded.
     *
     * @throws SearchUnavailable where the index doesn't answer
     */
    Listed list(Query asked, int max, StaffMember member) {
        try {
            var today = LocalDate.ofInstant(clock.instant(), RetentionRule.ZONE);
            var first = first(asked.by(reader(member, today)).withSize(Query.SIZE_MAX), true);
            var query = first.query();
            var hits = first.hits();
            long total = hits.total();
            if (total > max) {
                return new Listed(total, List.of());
            }
            var ids = new LinkedHashSet<>(hits.enquiryIds());
            while (hits.after() != null && ids.size() < max) {
                hits = index.search(query.withAfter(hits.after()));
                ids.addAll(hits.enquiryIds());
            }
            return new Listed(total, ids.stream().limit(max).toList());
        } catch (IOException e) {
            throw new SearchUnavailable(index.trouble(e), e);
        }
    }

    /** What answers a question, and the question that it answers. */
    private record First(Query query, Hits hits) {}

    /** Where nothing has these words, perhaps somebody slipped: then words spelt alike are looked for, if they may be. */
    private First first(Query query, boolean mayBeLoosely) throws IOException {
        var hits = index.search(query);
        if (hits.total() > 0 || !mayBeLoosely || query.words().isBlank()) {
            return new First(query, hits);
        }
        var loosely = query.asLoosely();
        return new First(loosely, index.search(loosely));
    }

    private Reader reader(StaffMember member, LocalDate today) {
        return new Reader(working.member(member).map(Work.Member::id).orElse(null), Sight.readsAll(member), today);
    }

    /** Only where nothing but the reference was asked for, and so is known: with a filter it would tell more. */
    private List<Results.Withheld> withheld(Query asked, Words.Read read, LocalDate today, StaffMember member) {
        boolean alone = asked.filters().isEmpty() && asked.since() == null && asked.until() == null;
        return alone && asked.after() == null
                ? read.reference()
                        .map(reference -> shown.withheld(reference, today, member))
                        .orElse(List.of())
                : List.of();
    }

    /** What was looked for stands under the question's id as long as that is kept; the trail itself holds no personal data. */
    private void record(UUID id, Results results, StaffMember member) {
        var references = Stream.concat(
                        results.found().stream().map(f -> f.reference().value()),
                        results.withheld().stream()
                                .map(w -> w.reference().value() + " (sensitive: its reference alone)"))
                .collect(Collectors.joining(" "));
        trail.record(new AuditEvent(
                member.actor(),
                Action.SEARCHED,
                Subject.search(id),
                "%d found, shown: %s".formatted(results.total(), references.isEmpty() ? "none" : references)));
    }

    private static void requireReader(StaffMember member) {
        var roles = new HashSet<>(member.roles());
        roles.retainAll(READERS);
        if (roles.isEmpty()) {
            throw new AccessDeniedException(
                    "Searching is for readers, officers, reviewers and data protection officers");
        }
    }
}
