package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Claims;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.IdentifierKind;
import org.postbag.contacts.IdentifierUse;
import org.postbag.contacts.PublicLists;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what a contact is known by and where that came from, and what it claims, as far as whoever looks may read it. */
@Component
class KnownBy {

    private static final int CLAIMS_SHOWN_MAX = 20;

    private final Contacts contacts;
    private final Claims claims;
    private final PublicLists lists;
    private final ContactPanel panel;
    private final StaffTexts texts;
    private final JdbcClient jdbc;

    KnownBy(
            Contacts contacts,
            Claims claims,
            PublicLists lists,
            ContactPanel panel,
            StaffTexts texts,
            JdbcClient jdbc) {
        this.contacts = contacts;
        this.claims = claims;
        this.lists = lists;
        this.panel = panel;
        this.texts = texts;
        this.jdbc = jdbc;
    }

    /**
     * An identifier and where it came from.
     *
     * @param origin the page of the item that it came with, or null
     * @param originWords what to call that
     * @param given what public lists say of it, or null
     * @param several whether the names of what came tell that several people write
     */
    record Known(
            IdentifierUse use,
            @Nullable String origin,
            String originWords,
            PublicLists.@Nullable Given given,
            boolean several) {

        public boolean isEmail() {
            return use.identifier().kind() == IdentifierKind.EMAIL && use.state() != IdentifierUse.State.RETIRED;
        }

        /** Whether several people seem to use what is one contact's alone. */
        public boolean seemsOfSeveral() {
            return several && isEmail() && use.state() == IdentifierUse.State.SOLE;
        }

        /** Whether staff could see to it that it is theirs. */
        public boolean isToVerify() {
            return use.verified() == null && use.state() != IdentifierUse.State.RETIRED;
        }

        public boolean isVerifiedByHand() {
            var verified = use.verified();
            return verified != null && verified.at() != null;
        }

        /** How it is known to be theirs: by the {@code platform}, since they {@code answered} mail that we sent there, or by {@code staff}. */
        public String verifiedHow() {
            var verified = use.verified();
            if (verified == null) {
                return "";
            }
            if (verified.at() == null) {
                return "platform";
            }
            return verified.by().startsWith("receipt:") ? "answered" : "staff";
        }

        /** Whether lists alone know it. */
        public boolean isListed() {
            return given != null && given.source().equals(originWords);
        }
    }

    List<Known> identifiers(Contact contact, boolean several, StaffMember reader) {
        var known = new ArrayList<Known>();
        var given = lists.addressesOf(contact.id());
        for (var use : contacts.identifiers(contact.id(), reader)) {
            var source = use.source();
            var listed = given.get(use.identifierId());
            if (source.startsWith("receipt:")) {
                known.add(new Known(
                        use,
                        "/enquiries/of-receipt/" + source.substring("receipt:".length()),
                        texts.say("contact-record.from.item"),
                        listed,
                        several));
            } else if (source.startsWith("claim:")) {
                var enquiry = claims.byId(Long.parseLong(source.substring("claim:".length())))
                        .map(claim -> "/enquiries/" + claim.enquiryId());
                known.add(new Known(
                        use, enquiry.orElse(null), texts.say("contact-record.from.claim"), listed, several));
            } else {
                known.add(new Known(use, null, source, listed, several));
            }
        }
        return known;
    }

    /** @param shown in one way of writing */
    record Said(String shown, Claims.Claimed claim) {}

    /** What the contact's enquiries claim and nobody has decided, each thing once however it is written, by the last enquiry that says it. */
    Collection<Said> claims(Contact contact, StaffMember reader) {
        var said = new LinkedHashMap<String, Said>();
        lastClaims(contact, reader).forEach(claim -> {
            var value = ClaimedValue.of(claim.kind(), claim.value());
            said.putIfAbsent(claim.kind() + " " + value.key(), new Said(value.shown(), claim));
        });
        return said.values();
    }

    private List<Claims.Claimed> lastClaims(Contact contact, StaffMember reader) {
        var last =
                jdbc
                        .sql("""
                        select max(id) from claim
                        where contact_id in (select id from family_of(?)) and state = 'claimed'
                        group by kind, value
                        order by 1 desc
                        limit ?
                        """)
                        .params(contact.id(), CLAIMS_SHOWN_MAX)
                        .query((row, number) -> row.getLong(1))
                        .list()
                        .stream()
                        .map(claims::byId)
                        .flatMap(Optional::stream)
                        .toList();
        var hidden = panel.hidden(last.stream().map(Claims.Claimed::enquiryId).toList(), reader);
        return last.stream()
                .filter(claim -> !hidden.contains(claim.enquiryId()))
                .toList();
    }
}
