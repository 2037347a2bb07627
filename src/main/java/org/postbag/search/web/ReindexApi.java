package org.postbag.search.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Reindex;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Building the index anew in a running program, whose index no other process can open. */
@RestController
@AllowedTo(Role.ADMINISTRATOR)
class ReindexApi {

    private final Reindex reindex;

    ReindexApi(Reindex reindex) {
        this.reindex = reindex;
    }

    /**
     * How far it is.
     *
     * @param state {@code never}, {@code running}, {@code done}, {@code failed}, {@code stopped} or {@code elsewhere}
     * @param fault why the new index was not opened
     */
    record Answer(
            String state, long done, long total, @Nullable String fault) {

        static Answer of(Reindex.Progress progress) {
            return new Answer(
                    progress.state().name().toLowerCase(Locale.ROOT),
                    progress.done(),
                    progress.total(),
                    progress.fault());
        }
    }

    /** Begins, unless one runs already; either way the answer tells how far it is. */
    @PostMapping(path = "/api/reindex", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer> start() {
        reindex.start();
        return ResponseEntity.accepted().body(progress());
    }

    @GetMapping("/api/reindex")
    Answer progress() {
        return Answer.of(reindex.progress());
    }
}
