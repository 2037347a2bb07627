package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postbag.contacts.Identifier;
import org.postbag.contacts.IdentifierKind;

class RecordLookupTest {

    @Test
    void aHintTellsCallersApartAndGivesNothingAway() {
        assertThat(RecordLookup.hint(new Identifier(IdentifierKind.EMAIL, "gwen@protheroe.example")))
                .isEqualTo("g…@protheroe.example");
        assertThat(RecordLookup.hint(new Identifier(IdentifierKind.TELEPHONE, "+441632960114")))
                .isEqualTo("number ending 114");
    }
}
