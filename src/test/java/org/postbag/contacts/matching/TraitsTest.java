package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraitsTest {

    @Test
    void whatIsKeptIsReadAsTheSame() {
        var known = Traits.builder()
                .organisation()
                .add(Field.FULL_NAME, "Dr Siân van der Berg")
                .add(Field.FULL_NAME, "李伟")
                .add(Field.TELEPHONE, "+441792496001")
                .add(Field.POSTCODE, "SA1 3SN")
                .add(Field.STREET, "12 High\tStreet\nis organisation")
                .verified("Sian@example.org")
                .build();

        var read = Traits.read(known.lines());

        assertThat(read.lines()).isEqualTo(known.lines());
        assertThat(read.isOrganisation()).isTrue();
        assertThat(read.names()).isEqualTo(known.names()).hasSize(2);
        assertThat(read.verified()).containsExactly("sian@example.org");
        assertThat(read.values(Field.POSTCODE)).isEqualTo(known.values(Field.POSTCODE));
        assertThat(Keys.of(read)).isEqualTo(Keys.of(known));
    }

    @Test
    void nothingIsReadAsNothing() {
        assertThat(Traits.read(List.of()).isEmpty()).isTrue();
    }
}
