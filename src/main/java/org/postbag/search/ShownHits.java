package org.postbag.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Enquiry;
import org.postbag.enquiries.Sight;
import org.postbag.enquiries.Work;
import org.postbag.enquiries.Working;
import org.postbag.receiving.Reference;
import org.postbag.search.lucene.Marking;
import org.postbag.staff.StaffMember;
import org.springframework.stereotype.Component;

/** Reads hits again in PostgreSQL. Only what is there, not erased, not past its date and for whoever asks is shown, whatever the index says. */
@Component
class ShownHits {

    /** Enquiries whose whole texts are held at once. */
    private static final int READ_AT_ONCE = 20;

    /** Characters of files that are looked through for one page, for the stretch to show; then the texts' beginnings do. */
    private static final int FILE_CHARACTERS_MAX = 2_000_000;

    private final Enquiries enquiries;
    private final Contacts contacts;
    private final Working working;
    private final Sight sight;

    ShownHits(Enquiries enquiries, Contacts contacts, Working working, Sight sight) {
        this.enquiries = enquiries;
        this.contacts = contacts;
        this.working = working;
        this.sight = sight;
    }

    /** Those of the enquiries that may be shown on a day, in the order given. */
    List<Found> read(List<Long> asked, Query query, LocalDate today, StaffMember reader) {
        var hidden = sight.hidden(asked, reader);
        var ids = asked.stream().filter(id -> !hidden.contains(id)).toList();
        var marking = Marking.of(query.words(), query.loosely());
        var snippets = new Snippets(enquiries, marking, query.words().isBlank() ? 0 : FILE_CHARACTERS_MAX);
        var found = new ArrayList<Found>(ids.size());
        for (int from = 0; from < ids.size(); from += READ_AT_ONCE) {
            found.addAll(some(ids.subList(from, Math.min(ids.size(), from + READ_AT_ONCE)), snippets, today));
        }
        return found;
    }

    /** Of the enquiries that have a reference, those that may be shown on a day, and not to whoever asks. */
    List<Results.Withheld> withheld(Reference reference, LocalDate today, StaffMember reader) {
        var kept = enquiries.byReference(reference).stream()
                .filter(enquiry -> !enquiry.keptUntil().isBefore(today))
                .toList();
        var hidden = sight.hidden(kept.stream().map(Enquiry::id).toList(), reader);
        return kept.stream()
                .filter(enquiry -> hidden.contains(enquiry.id()))
                .filter(enquiry -> contacts.shownAs(enquiry.contactId())
                        .filter(contact -> contact.erasedAt() == null)
                        .isPresent())
                .map(enquiry -> new Results.Withheld(enquiry.id(), reference))
                .toList();
    }

    private List<Found> some(List<Long> ids, Snippets snippets, LocalDate today) {
        var read = enquiries.byIds(ids);
        var files = enquiries.filesOf(read.keySet());
        var works = working.of(read.keySet());
        var writers =
                contacts.shown(read.values().stream().map(Enquiry::contactId).collect(Collectors.toSet()));
        var found = new ArrayList<Found>(ids.size());
        for (var id : ids) {
            var enquiry = read.get(id);
            var work = works.get(id);
            if (enquiry == null || work == null || enquiry.keptUntil().isBefore(today)) {
                continue;
            }
            var contact = writers.get(enquiry.contactId());
            if (contact != null && contact.erasedAt() == null) {
                found.add(found(enquiry, contact, files.getOrDefault(id, List.of()), work, snippets));
            }
        }
        return found;
    }

    private static Found found(
            Enquiry enquiry, Contact contact, List<Enquiry.File> files, Work work, Snippets snippets) {
        var snippet = snippets.of(enquiry, files);
        return new Found(
                enquiry.id(),
                new Reference(enquiry.reference()),
                enquiry.channel(),
                enquiry.direction(),
                snippets.subject(enquiry.subject()),
                snippet.segments(),
                snippet.file(),
                enquiry.receivedAt(),
                enquiry.keptUntil(),
                enquiry.rule().reason(),
                contact.id(),
                contact.name(),
                contact.category().code(),
                enquiry.automatic() != null,
                files.size(),
                work);
    }
}
