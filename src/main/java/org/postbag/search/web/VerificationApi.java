package org.postbag.search.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Compared;
import org.postbag.search.Compared.Fault;
import org.postbag.search.Verification;
import org.postbag.search.Verification.Asked;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Comparing the index with the record in a running program, whose index no other process can open. Nothing of what an enquiry says is told. */
@RestController
@AllowedTo(Role.ADMINISTRATOR)
class VerificationApi {

    private final Verification verification;

    VerificationApi(Verification verification) {
        this.verification = verification;
    }

    /**
     * How far it is.
     *
     * @param state {@code never}, {@code running}, {@code done} or {@code failed}
     * @param found null unless it is done
     */
    record Answer(
            String state, long done, long total, @Nullable Found found) {

        static Answer of(Verification.Progress progress) {
            return new Answer(
                    progress.state().name().toLowerCase(Locale.ROOT),
                    progress.done(),
                    progress.total(),
                    progress.found() == null ? null : Found.of(progress.found()));
        }
    }

    record Found(
            boolean right,
            long inRecord,
            long inIndex,
            long contents,
            long waiting,
            long missing,
            long old,
            long leftOver,
            long refused,
            List<Wrong> wrong) {

        static Found of(Compared compared) {
            return new Found(
                    compared.isRight(),
                    compared.inRecord(),
                    compared.inIndex(),
                    compared.contents(),
                    compared.waiting(),
                    compared.count(Fault.MISSING),
                    compared.count(Fault.OLD),
                    compared.count(Fault.LEFT_OVER),
                    compared.count(Fault.REFUSED),
                    compared.wrong().stream().map(Wrong::of).toList());
        }
    }

    /** @param fault {@code missing}, {@code old}, {@code left-over} or {@code refused} */
    record Wrong(String fault, long enquiryId, @Nullable String reference) {

        static Wrong of(Compared.Wrong wrong) {
            return new Wrong(
                    wrong.fault().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    wrong.enquiryId(),
                    wrong.reference());
        }
    }

    /** Begins, unless one runs already; either way the answer tells how far it is. */
    @PostMapping(path = "/api/search/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer> start(
            @RequestParam(defaultValue = "false") boolean mend,
            @RequestParam(defaultValue = "" + Verification.SAMPLE_USUAL) int sample) {
        try {
            verification.start(new Asked(sample, mend));
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
        return ResponseEntity.accepted().body(progress());
    }

    @GetMapping("/api/search/verify")
    Answer progress() {
        return Answer.of(verification.progress());
    }
}
