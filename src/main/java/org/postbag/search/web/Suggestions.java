package org.postbag.search.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactLookup;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.IdentifierKind;
import org.postbag.contacts.IdentifierUse;
import org.postbag.retention.RetentionRule;
import org.postbag.search.RecentSearches;
import org.postbag.search.SavedSearches;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Component;

/**
 * What somebody may be about to type: contacts, saved searches, their own latest ones, and how a word of the language goes on. Names are shown, so each time
 * the trail says whose.
 */
@Component
class Suggestions {

    static final int SHOWN_MAX = 8;

    /** What nobody types while they look for a suggestion. */
    static final int TYPED_LENGTH_MAX = 100;

    private static final int TYPED_LENGTH_MIN = 2;
    private static final int SAVED_MAX = 2;
    private static final int WORDS_MAX = 2;

    private final ContactLookup lookup;
    private final Contacts contacts;
    private final SavedSearches saved;
    private final RecentSearches recent;
    private final AuditTrail trail;
    private final Clock clock;
    private final StaffTexts texts;

    Suggestions(
            ContactLookup lookup,
            Contacts contacts,
            SavedSearches saved,
            RecentSearches recent,
            AuditTrail trail,
            Clock clock,
            StaffTexts texts) {
        this.lookup = lookup;
        this.contacts = contacts;
        this.saved = saved;
        this.recent = recent;
        this.trail = trail;
        this.clock = clock;
        this.texts = texts;
    }

    /**
     * @param kind in a word, for people
     * @param detail what tells two alike apart, or null
     * @param path where it leads; null where choosing it completes what is typed to {@code label}
     */
    record Suggestion(
            String kind,
            String label,
            @Nullable String detail,
            @Nullable String path) {}

    List<Suggestion> of(String written, StaffMember member) {
        var typed = written.replaceAll("\\p{Cntrl}", " ").stripLeading();
        int length = typed.codePointCount(0, typed.length());
        if (length < TYPED_LENGTH_MIN || length > TYPED_LENGTH_MAX) {
            return List.of();
        }
        var others =
                Stream.concat(savedNamed(typed, member), words(typed, member)).toList();
        var all = new ArrayList<>(contacts(typed, SHOWN_MAX - others.size(), member));
        all.addAll(others);
        return all;
    }

    private Stream<Suggestion> savedNamed(String typed, StaffMember member) {
        var begin = typed.strip().toLowerCase(Locale.ROOT);
        return saved.of(member).stream()
                .filter(one -> hasWordThatBegins(one.name().toLowerCase(Locale.ROOT), begin))
                .limit(SAVED_MAX)
                .map(one -> new Suggestion(
                        texts.say("search.suggestion.saved"),
                        one.name(),
                        one.own() ? null : one.ownerName(),
                        SavedSearchesPage.PATH + "/" + one.id()));
    }

    private static boolean hasWordThatBegins(String name, String begin) {
        return name.startsWith(begin) || name.contains(" " + begin);
    }

    private Stream<Suggestion> words(String typed, StaffMember member) {
        var begin = typed.toLowerCase(Locale.ROOT);
        var asked = recent.of(member).stream()
                .map(one -> one.query().words())
                .filter(words -> words.length() <= TYPED_LENGTH_MAX
                        && words.length() > typed.length()
                        && words.toLowerCase(Locale.ROOT).startsWith(begin))
                .distinct()
                .limit(WORDS_MAX)
                .map(words -> new Suggestion(texts.say("search.suggestion.recent"), words, null, null));
        var completed = WordCompletions.of(typed, WORDS_MAX).stream()
                .map(words -> new Suggestion(texts.say("search.suggestion.words"), words, null, null));
        return Stream.concat(asked, completed);
    }

    /** Not where the language is written in, save a name. */
    private List<Suggestion> contacts(String typed, int limit, StaffMember member) {
        if (typed.indexOf(':') >= 0 || typed.indexOf('"') >= 0) {
            return List.of();
        }
        var today = LocalDate.ofInstant(clock.instant(), RetentionRule.ZONE);
        var shown = lookup.beginning(typed, 2 * limit, member).stream()
                .filter(one -> !one.keptUntil().isBefore(today))
                .limit(limit)
                .toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        record(shown, member);
        var uses = contacts.identifiersOf(shown.stream().map(Contact::id).toList(), member);
        return shown.stream()
                .map(one -> new Suggestion(
                        texts.say("search.suggestion.contact"),
                        one.shownName(),
                        detail(one, uses),
                        "/contacts/" + one.id()))
                .toList();
    }

    private @Nullable String detail(Contact contact, Map<Long, List<IdentifierUse>> uses) {
        var address = uses.getOrDefault(contact.id(), List.of()).stream()
                .filter(use -> use.state() != IdentifierUse.State.RETIRED)
                .filter(use -> use.identifier().kind() == IdentifierKind.EMAIL)
                .map(IdentifierUse::shown)
                .findFirst()
                .orElse(null);
        var detail = Arrays.asList(contact.organisation(), address).stream()
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return detail.isEmpty() ? texts.label(contact.category()) : detail;
    }

    private void record(List<Contact> shown, StaffMember member) {
        trail.record(new AuditEvent(
                member.actor(),
                Action.SEARCHED,
                new Subject("contact-search", "suggested"),
                "Contacts shown: "
                        + shown.stream().map(one -> Long.toString(one.id())).collect(Collectors.joining(" "))));
    }
}
