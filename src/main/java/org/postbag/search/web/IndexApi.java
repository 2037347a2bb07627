package org.postbag.search.web;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Compared;
import org.postbag.search.Compared.Fault;
import org.postbag.search.Reindex;
import org.postbag.search.Verification;
import org.postbag.search.Verification.Asked;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Building the index anew and comparing it with the record in a running program, whose index no other process can open. Both begin unless they run already, and are
 * asked then how far they are. Nothing of what an enquiry says is told.
 */
@RestController
@AllowedTo(Role.ADMINISTRATOR)
class IndexApi {

    private final Reindex reindex;
    private final Verification verification;
    private final CurrentStaff staff;

    IndexApi(Reindex reindex, Verification verification, CurrentStaff staff) {
        this.reindex = reindex;
        this.verification = verification;
        this.staff = staff;
    }

    /**
     * How far the building is.
     *
     * @param state {@code never}, {@code running}, {@code done}, {@code failed}, {@code stopped} or {@code elsewhere}
     * @param fault why the new index was not opened
     */
    record Building(
            String state, long done, long total, @Nullable String fault) {}

    @PostMapping(path = "/api/reindex", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Building> reindex() {
        return begun(() -> reindex.start(staff.member().actor()), this::building);
    }

    @GetMapping("/api/reindex")
    Building building() {
        var progress = reindex.progress();
        return new Building(word(progress.state()), progress.done(), progress.total(), progress.fault());
    }

    /**
     * How far the comparing is.
     *
     * @param state {@code never}, {@code running}, {@code done} or {@code failed}
     * @param found null unless it is done
     */
    record Comparing(
            String state, long done, long total, @Nullable Found found) {}

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
                    compared.wrong().stream()
                            .map(wrong -> new Wrong(word(wrong.fault()), wrong.enquiryId(), wrong.reference()))
                            .toList());
        }
    }

    /** @param fault {@code missing}, {@code old}, {@code left-over} or {@code refused} */
    record Wrong(String fault, long enquiryId, @Nullable String reference) {}

    @PostMapping(path = "/api/search/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Comparing> verify(
            @RequestParam(defaultValue = "false") boolean mend,
            @RequestParam(defaultValue = "" + Verification.SAMPLE_USUAL) int sample) {
        try {
            var asked = new Asked(sample, mend);
            return begun(() -> verification.start(asked, staff.member().actor()), this::comparing);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }

    @GetMapping("/api/search/verify")
    Comparing comparing() {
        var progress = verification.progress();
        var found = progress.found();
        return new Comparing(
                word(progress.state()), progress.done(), progress.total(), found == null ? null : Found.of(found));
    }

    private static <T> ResponseEntity<T> begun(Runnable begin, Supplier<T> progress) {
        begin.run();
        return ResponseEntity.accepted().body(progress.get());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
