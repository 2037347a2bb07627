package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postbag.contacts.Identifier;
import org.postbag.contacts.IdentifierKind;
import org.postbag.staff.EnglishTexts;
import org.postbag.staff.StaffTexts;

class RecordLookupTest {

    private static final StaffTexts TEXTS = EnglishTexts.texts();

    @Test
    void aHintTellsCallersApartAndGivesNothingAway() {
        assertThat(RecordLookup.hint(new Identifier(IdentifierKind.EMAIL, "gwen@protheroe.example"), TEXTS))
                .isEqualTo("g…@protheroe.example");
        assertThat(RecordLookup.hint(new Identifier(IdentifierKind.TELEPHONE, "+441632960114"), TEXTS))
                .isEqualTo("number ending 114");
    }
}
