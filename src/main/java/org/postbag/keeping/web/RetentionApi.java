package org.postbag.keeping.web;

import java.util.List;
import org.postbag.keeping.Keeping;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/retention}: what the nightly job would erase today, in counts. No personal data, and nothing is changed. */
@RestController
@AllowedTo({Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER})
class RetentionApi {

    private final Keeping keeping;

    RetentionApi(Keeping keeping) {
        this.keeping = keeping;
    }

    record Answer(List<Keeping.Due> due) {}

    @GetMapping("/api/retention")
    Answer due() {
        return new Answer(keeping.dryRun());
    }
}
