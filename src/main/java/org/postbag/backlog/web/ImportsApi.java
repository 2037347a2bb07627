package org.postbag.backlog.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.backlog.Batch;
import org.postbag.backlog.Batch.Kind;
import org.postbag.backlog.BatchJson;
import org.postbag.backlog.Imports;
import org.postbag.backlog.What;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Profile;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Takes in a part of a backlog that someone else reads, and answers when it is durable. */
@RestController
@AllowedTo(Role.ADMINISTRATOR)
class ImportsApi {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Imports imports;
    private final Profiles profiles;
    private final CurrentStaff staff;

    ImportsApi(Imports imports, Profiles profiles, CurrentStaff staff) {
        this.imports = imports;
        this.profiles = profiles;
        this.staff = staff;
    }

    /** @param taken with a dry run: would be */
    record Answer(int taken, int known, int refused) {}

    @PostMapping(
            path = "/api/imports",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Answer take(
            @RequestParam("what") String word,
            @RequestParam(name = "sent", defaultValue = "false") boolean sent,
            @RequestParam(name = "junk", defaultValue = "false") boolean junk,
            @RequestParam(name = "profile", required = false) @Nullable String profile,
            @RequestParam(name = "file", required = false) @Nullable String file,
            @RequestParam(name = "dryRun", defaultValue = "false") boolean dryRun,
            HttpServletRequest request)
            throws IOException {
        var what = What.of(word).orElseThrow(() -> refused(HttpStatus.BAD_REQUEST, "what is mail, calls or contacts"));
        var kind = kind(what, sent, junk, profile, file);
        return switch (BatchJson.read(request.getInputStream())) {
            case BatchJson.Read.Malformed(var why) -> throw refused(HttpStatus.BAD_REQUEST, why);
            case BatchJson.Read.TooMuch _ ->
                throw refused(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "At most 1,000 items and 128 MB may be sent at once. Nothing was taken in");
            case BatchJson.Read.Items(var items, int tooLarge) -> {
                var batch = new Batch(kind, items);
                var done = done(batch, dryRun);
                yield new Answer(done.taken(), done.known(), done.refused() + tooLarge);
            }
        };
    }

    private Imports.Taken done(Batch batch, boolean dryRun) {
        try {
            return dryRun
                    ? imports.look(batch)
                    : imports.take(batch, staff.member().actor());
        } catch (ReceivingUnavailable away) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "Not all is known to be taken in. Send the same again later", away);
        }
    }

    private Kind kind(What what, boolean sent, boolean junk, @Nullable String name, @Nullable String file) {
        if (what == What.MAIL) {
            if (name != null || file != null) {
                throw refused(HttpStatus.BAD_REQUEST, "Mails have no profile, and no file");
            }
            return new Kind.Mails(sent ? Direction.OUTBOUND : Direction.INBOUND, junk);
        }
        if (sent || junk || name == null) {
            throw refused(HttpStatus.BAD_REQUEST, "Rows need a profile, and can't be sent or junk");
        }
        if (file != null && !DIGEST.matcher(file).matches()) {
            throw refused(HttpStatus.BAD_REQUEST, "file is a digest of the file's content: 64 hex digits");
        }
        return switch (profiles.refresh(name)) {
            case Profile profile when profile.channel() == what.channel() -> new Kind.Rows(profile, file);
            case Profile _ ->
                throw refused(
                        HttpStatus.BAD_REQUEST,
                        "The profile is not one of the channel "
                                + what.channel().code());
            case ProfileProblem problem -> throw refused(HttpStatus.BAD_REQUEST, problem.problem());
        };
    }

    private static ResponseStatusException refused(HttpStatus status, String why) {
        return new ResponseStatusException(status, why);
    }
}
