package org.postbag.contacts.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.PublicLists;
import org.postbag.receiving.IdentityKey;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** How taking in a list of contacts went, in counts. */
@RestController
@AllowedTo({Role.ADMINISTRATOR, Role.OFFICER, Role.REVIEWER})
class ContactListsApi {

    private final PublicLists lists;
    private final IdentityKey identity;

    ContactListsApi(PublicLists lists, IdentityKey identity) {
        this.lists = lists;
        this.identity = identity;
    }

    /**
     * @param day null where nothing of it is filed yet
     * @param known entries that say what they said before
     * @param tied of the fresh ones, those of a contact that was known before
     * @param gone entries of the list before that it lacks
     * @param partial whether so many are gone that the list is probably incomplete: then nobody counts as no longer listed
     * @param rows of the file that was asked for, those that are filed or refused by now
     * @param refused rows that went to quarantine
     * @param refusedRows the first of them
     * @param forReview pairs that may be one person
     * @param waiting what is still to be filed or compared: the counts are whole once it is 0
     */
    record Answer(
            @Nullable LocalDate day,
            @Nullable String source,
            int fresh,
            int tied,
            int known,
            int changed,
            int gone,
            boolean partial,
            long rows,
            int refused,
            List<PublicLists.RefusedRow> refusedRows,
            long forReview,
            long waiting) {}

    @GetMapping(path = "/api/contact-lists/{profile}", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer latest(@PathVariable String profile, @RequestParam(name = "file", required = false) @Nullable String file) {
        var report = file == null ? lists.latest(profile) : lists.ofFile(profile, identity.importedFile(file));
        var list = report.list();
        if (list == null) {
            if (report.waiting() == 0 && file == null) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No list was taken in by this profile");
            }
            return new Answer(null, null, 0, 0, 0, 0, 0, false, report.rows(), 0, List.of(), 0, report.waiting());
        }
        var figures = list.figures();
        return new Answer(
                figures.day(),
                list.source(),
                figures.fresh(),
                figures.tied(),
                figures.unchanged(),
                figures.changed(),
                figures.gone(),
                figures.isPartial(),
                report.rows(),
                report.refused().count(),
                report.refused().rows(),
                report.forReview(),
                report.waiting());
    }
}
