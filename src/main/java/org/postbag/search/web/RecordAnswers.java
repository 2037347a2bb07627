package org.postbag.search.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Claims.Claimed;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.IdentifierUse;
import org.postbag.contacts.PublicLists;
import org.postbag.enquiries.Enquiry;
import org.postbag.enquiries.RecordedByHand;
import org.postbag.enquiries.location.LocalAuthority;
import org.postbag.enquiries.location.Location;
import org.postbag.retention.RetentionRule;
import org.postbag.search.web.SearchAnswer.ContactName;

/** Whole records as the API shows them. */
final class RecordAnswers {

    private RecordAnswers() {}

    record Rule(String category, int periodMonths, String countsFrom, String reason, String legalBasis) {

        static Rule of(RetentionRule rule) {
            return new Rule(
                    rule.category().code(),
                    rule.periodMonths(),
                    rule.countsFrom().code(),
                    rule.reason(),
                    rule.legalBasis());
        }
    }

    record From(@Nullable String name, @Nullable String address) {}

    /** @param textState {@code read}, why its text was not, or null where that is still to come */
    record File(
            String name, String type, long size, @Nullable String textState) {}

    /** @param by name of who recorded it by hand; {@code answer} is empty where nothing was answered at once */
    record RecordedAnswer(String kind, String by, String answer, boolean closed) {

        static RecordedAnswer of(RecordedByHand.Shown recorded) {
            return new RecordedAnswer(recorded.kind(), recorded.by(), recorded.answer(), recorded.closed());
        }
    }

    record Authority(String code, String name) {

        static Authority of(LocalAuthority authority) {
            return new Authority(authority.code(), authority.name());
        }
    }

    /**
     * @param known {@code set-by-staff}, {@code from-postcode} or {@code unknown}
     * @param authorities one; none where it isn't known; several where the postcode lies in more than one
     * @param setBy name of who set it, or null
     * @param postcode that the sender gave, where it follows from that
     */
    record LocationAnswer(
            String known,
            List<Authority> authorities,
            @Nullable String setBy,
            @Nullable String postcode) {

        static LocationAnswer of(Location location) {
            return switch (location) {
                case Location.Unknown _ -> new LocationAnswer("unknown", List.of(), null, null);
                case Location.SetByStaff(var authority, var by) ->
                    new LocationAnswer("set-by-staff", List.of(Authority.of(authority)), by, null);
                case Location.FromPostcode from ->
                    new LocationAnswer(
                            "from-postcode",
                            from.authorities().stream().map(Authority::of).toList(),
                            null,
                            from.postcode().value());
            };
        }
    }

    /** @param state whether it was confirmed by staff; a claim is never a fact about the contact by itself */
    record ClaimAnswer(String kind, String value, String state) {}

    record EnquiryAnswer(
            String reference,
            long id,
            String channel,
            String direction,
            @Nullable String subject,
            String text,
            String reply,
            From from,
            @Nullable Instant sentAt,
            Instant receivedAt,
            @Nullable String topic,
            @Nullable String language,
            @Nullable String automatic,
            List<String> damaged,
            String capacity,
            List<File> attachments,
            List<ClaimAnswer> claims,
            @Nullable RecordedAnswer recorded,
            LocationAnswer location,
            ContactName contact,
            String resolvedBy,
            LocalDate keptUntil,
            Rule rule) {

        static EnquiryAnswer of(
                Enquiry enquiry,
                List<Enquiry.File> files,
                List<Claimed> claims,
                RecordedByHand.@Nullable Shown recorded,
                Location location,
                Contact contact) {
            return new EnquiryAnswer(
                    enquiry.reference(),
                    enquiry.id(),
                    enquiry.channel().code(),
                    enquiry.direction().code(),
                    enquiry.subject(),
                    enquiry.text(),
                    enquiry.reply(),
                    new From(enquiry.fromName(), enquiry.fromAddress()),
                    enquiry.sentAt(),
                    enquiry.receivedAt(),
                    enquiry.topic(),
                    enquiry.language(),
                    enquiry.automatic(),
                    enquiry.damaged(),
                    enquiry.capacity(),
                    files.stream()
                            .map(f -> new File(f.name(), f.type(), f.size(), f.textState()))
                            .toList(),
                    claims.stream()
                            .map(c -> new ClaimAnswer(
                                    c.kind(), c.value(), c.state().code()))
                            .toList(),
                    recorded == null ? null : RecordedAnswer.of(recorded),
                    LocationAnswer.of(location),
                    new ContactName(contact.id(), contact.name()),
                    enquiry.resolvedBy(),
                    enquiry.keptUntil(),
                    Rule.of(enquiry.rule()));
        }
    }

    /** @param seenOn when it was last seen in a public list, or null */
    record IdentifierAnswer(
            String kind,
            String value,
            String state,
            String source,
            Instant since,
            @Nullable LocalDate seenOn) {}

    /** @param noLongerOn the day of a later list that lacks it, or null */
    record ListAnswer(
            String source, LocalDate seenOn, @Nullable LocalDate noLongerOn) {}

    /** @param sensitive whether it is, and not for whoever asks: only its reference is there then */
    record Line(
            String reference,
            long id,
            boolean sensitive,
            @Nullable String channel,
            @Nullable String direction,
            @Nullable String subject,
            @Nullable Instant receivedAt,
            @Nullable LocalDate keptUntil) {}

    /** @param enquiries the newest of {@code enquiryCount} */
    record ContactAnswer(
            long id,
            String kind,
            String category,
            @Nullable String name,
            @Nullable String organisation,
            boolean identified,
            String source,
            List<IdentifierAnswer> identifiers,
            List<ListAnswer> lists,
            long enquiryCount,
            List<Line> enquiries,
            @Nullable Instant lastContactAt,
            @Nullable LocalDate lastSeenOn,
            LocalDate keptUntil,
            Rule rule,
            @Nullable Long mergedInto,
            @Nullable Instant erasedAt) {

        static ContactAnswer of(
                Contact contact,
                List<IdentifierUse> identifiers,
                Map<Long, PublicLists.Given> given,
                List<PublicLists.Entry> entries,
                long count,
                List<ContactPanel.Line> lines) {
            var seenAt = contact.lastSeenAt();
            return new ContactAnswer(
                    contact.id(),
                    contact.kind().code(),
                    contact.category().code(),
                    contact.name(),
                    contact.organisation(),
                    contact.identified(),
                    contact.source(),
                    identifiers.stream()
                            .map(use -> identifier(use, given.get(use.identifierId())))
                            .toList(),
                    entries.stream()
                            .map(entry -> new ListAnswer(
                                    entry.source(), entry.seen(), entry.goneForSure() ? entry.goneOn() : null))
                            .toList(),
                    count,
                    lines.stream().map(ContactAnswer::line).toList(),
                    contact.lastContactAt(),
                    seenAt == null ? null : RetentionRule.day(seenAt),
                    contact.keptUntil(),
                    Rule.of(contact.rule()),
                    contact.mergedInto(),
                    contact.erasedAt());
        }

        private static IdentifierAnswer identifier(IdentifierUse use, PublicLists.@Nullable Given given) {
            return new IdentifierAnswer(
                    use.identifier().kind().code(),
                    use.identifier().value(),
                    use.state().code(),
                    use.source(),
                    use.since(),
                    given == null ? null : given.seen());
        }

        private static Line line(ContactPanel.Line line) {
            if (line.withheld()) {
                return new Line(line.reference(), line.enquiryId(), true, null, null, null, null, null);
            }
            return new Line(
                    line.reference(),
                    line.enquiryId(),
                    false,
                    line.channel(),
                    line.direction(),
                    line.subject(),
                    line.receivedAt(),
                    line.keptUntil());
        }
    }
}
