package org.postbag.contacts.web;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.PublicLists;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** How taking in a list of contacts went, in counts. */
@RestController
@AllowedTo({Role.ADMINISTRATOR, Role.OFFICER, Role.REVIEWER})
class ContactListsApi {

    private final PublicLists lists;

    ContactListsApi(PublicLists lists) {
        this.lists = lists;
    }

    /**
     * @param day null where nothing of it is filed yet
     * @param known entries that say what they said before
     * @param gone entries of the list before that it lacks
     * @param forReview pairs that may be one person
     * @param waiting what is still to be filed or compared: the counts are whole once it is 0
     */
    record Answer(
            @Nullable LocalDate day,
            @Nullable String source,
            int fresh,
            int known,
            int changed,
            int gone,
            long forReview,
            long waiting) {}

    @GetMapping(path = "/api/contact-lists/{profile}", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer latest(@PathVariable String profile) {
        var report = lists.latest(profile);
        var list = report.list();
        if (list == null) {
            if (report.waiting() == 0) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No list was taken in by this profile");
            }
            return new Answer(null, null, 0, 0, 0, 0, 0, report.waiting());
        }
        var figures = list.figures();
        return new Answer(
                figures.day(),
                list.source(),
                figures.fresh(),
                figures.unchanged(),
                figures.changed(),
                figures.gone(),
                report.forReview(),
                report.waiting());
    }
}
