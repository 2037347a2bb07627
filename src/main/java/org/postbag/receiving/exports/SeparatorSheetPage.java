package org.postbag.receiving.exports;

import org.postbag.extracting.SeparatorSheet;
import org.postbag.staff.OpenToStaff;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The sheet to print and lay between letters. It holds no personal data. */
@Controller
class SeparatorSheetPage {

    private final LetterSettings settings;

    SeparatorSheetPage(LetterSettings settings) {
        this.settings = settings;
    }

    @GetMapping("/letters/separator-sheet.pdf")
    @OpenToStaff
    ResponseEntity<byte[]> sheet() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header("Content-Disposition", "attachment; filename=separator-sheet.pdf")
                .header("X-Content-Type-Options", "nosniff")
                .body(SeparatorSheet.pdf(settings.mark()));
    }
}
