package org.postbag.enquiries.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.DryRun;
import org.postbag.enquiries.Mends;
import org.postbag.enquiries.Mends.Saved;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.enquiries.ReceiptState;
import org.postbag.enquiries.WouldBe;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Mends an item of quarantine, and tells what it would make now. */
@RestController
@RequestMapping(QuarantineApi.PATH + "/{id}")
class MendApi {

    private final Quarantine quarantine;
    private final Mends mends;
    private final MendForm.Reading reading;
    private final DryRun dryRun;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    MendApi(
            Quarantine quarantine,
            Mends mends,
            MendForm.Reading reading,
            DryRun dryRun,
            AuditTrail trail,
            CurrentStaff staff) {
        this.quarantine = quarantine;
        this.mends = mends;
        this.reading = reading;
        this.dryRun = dryRun;
        this.trail = trail;
        this.staff = staff;
    }

    /** @param version that of the mend that is there, 0 where there is none */
    record Mending(
            @Nullable String charset,
            @Nullable String profile,
            @Nullable String name,
            @Nullable String email,
            @Nullable String telephone,
            @Nullable Integer version) {}

    record Mended(String id, boolean mended, int version) {}

    @PostMapping("/mend")
    @ActsOnQuarantine
    Mended mend(@PathVariable ReceiptId id, @RequestBody Mending asked) {
        var item = waiting(id);
        var errors = new ArrayList<PageError>();
        var seesContent = QuarantineRights.seesContent(staff.member());
        if (!seesContent && (asked.name() != null || asked.email() != null || asked.telephone() != null)) {
            throw new ApiProblem(HttpStatus.FORBIDDEN, "Not for this role", "Who sent it is set by who sees content");
        }
        var form = new MendForm(
                asked.charset(), asked.profile(), asked.name(), asked.email(), asked.telephone(), asked.version());
        var mend = reading.read(form, item, mends.kept(id).orElse(null), seesContent, errors);
        if (!errors.isEmpty()) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "Can't be mended so",
                    errors.stream().map(PageError::text).collect(Collectors.joining(". ")));
        }
        return switch (mends.save(id, mend, form.version(), staff.member().actor())) {
            case Saved.Done _ ->
                new Mended(
                        id.hex(),
                        !mend.isNone(),
                        mends.kept(id).map(Mends.Kept::version).orElse(0));
            case Saved.ChangedMeanwhile meanwhile ->
                throw new ApiProblem(
                        HttpStatus.CONFLICT,
                        "Changed meanwhile",
                        "Somebody else mended it: its version is "
                                + (meanwhile.now() == null ? 0 : meanwhile.now().version()));
            case Saved.NotInQuarantine _ -> throw QuarantineApi.meanwhile();
        };
    }

    /**
     * @param would {@code enquiry}, {@code list-entry}, {@code withdrawn} or {@code quarantined}
     * @param contact whose it would be; null for none, and for a contact of its own
     */
    record Preview(
            String id,
            String would,
            @Nullable Long contact,
            @Nullable String because,
            @Nullable String fromName,
            @Nullable String fromAddress,
            @Nullable Instant sentAt,
            @Nullable String subject,
            @Nullable String text,
            List<String> damaged,
            List<String> files,
            @Nullable String reasonCode,
            @Nullable String reason) {

        static Preview of(ReceiptId id, String would, @Nullable String code, @Nullable String reason) {
            return new Preview(
                    id.hex(), would, null, null, null, null, null, null, null, List.of(), List.of(), code, reason);
        }
    }

    @GetMapping("/preview")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    Preview preview(@PathVariable ReceiptId id) {
        waiting(id);
        trail.record(new AuditEvent(
                staff.member().actor(), Action.LOOKED, Subject.receipt(id.hex()), "The enquiry that it would make"));
        return switch (dryRun.of(id)) {
            case WouldBe.Enquiry would ->
                new Preview(
                        id.hex(),
                        "enquiry",
                        would.others() == 0 ? null : would.contactId(),
                        would.because(),
                        would.fromName(),
                        would.fromAddress(),
                        would.sentAt(),
                        would.subject(),
                        would.text(),
                        would.damaged(),
                        would.files(),
                        null,
                        null);
            case WouldBe.ListEntry _ -> Preview.of(id, "list-entry", null, null);
            case WouldBe.Withdrawn _ -> Preview.of(id, "withdrawn", null, null);
            case WouldBe.Refused no -> Preview.of(id, "quarantined", no.code(), no.reason());
            case WouldBe.NotInQuarantine _ -> throw QuarantineApi.meanwhile();
            case WouldBe.Away _ ->
                throw new ApiProblem(
                        HttpStatus.SERVICE_UNAVAILABLE, "A server is away", "It can't be told now: ask again later");
        };
    }

    private Item waiting(ReceiptId id) {
        return quarantine
                .byId(id)
                .filter(item -> item.state() == ReceiptState.QUARANTINED)
                .orElseThrow(QuarantineApi::notThere);
    }
}
