package org.postbag.search.web;

import java.util.List;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Answers the search box while somebody types. What is typed is posted, so that it is in no address, and what is answered is kept nowhere. */
@Controller
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class SuggestionsPage {

    private final Suggestions suggestions;
    private final CurrentStaff staff;

    SuggestionsPage(Suggestions suggestions, CurrentStaff staff) {
        this.suggestions = suggestions;
        this.staff = staff;
    }

    @PostMapping("/enquiries/suggestions")
    ResponseEntity<List<Suggestions.Suggestion>> suggest(@RequestParam(defaultValue = "") String typed) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(suggestions.of(typed, staff.member()));
    }
}
