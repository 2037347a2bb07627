package org.postbag.staff.web;

import org.postbag.staff.OpenToPublic;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/openapi.json}: the API described for programs and for those who write them. It is written by hand, since the calls read their bodies
 * themselves, within limits, and answer in several shapes; a test walks the calls and holds real answers against it.
 */
@RestController
@OpenToPublic
class ApiDescription {

    private static final Resource DESCRIPTION = new ClassPathResource("api/openapi.json");

    @GetMapping("/api/openapi.json")
    ResponseEntity<Resource> describe() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(DESCRIPTION);
    }
}
