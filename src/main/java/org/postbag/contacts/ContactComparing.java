package org.postbag.contacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.FieldWeight;
import org.springframework.stereotype.Component;

/** Stands in until the pipeline's own comparison is there. */
@Component
public class ContactComparing {

    private final ContactTables tables;

    ContactComparing(ContactTables tables) {
        this.tables = tables;
    }

    public Optional<Comparison> compare(long one, long other) {
        var both = tables.contacts(List.of(one, other));
        if (both.size() < 2) {
            return Optional.empty();
        }
        var fields = new ArrayList<FieldWeight>();
        var name = both.get(0).shownName().split(" ", 2);
        var otherName = both.get(1).shownName().split(" ", 2);
        fields.add(Comparison.field(Field.GIVEN_NAME, name[0], otherName[0]));
        if (name.length == 2 && otherName.length == 2) {
            fields.add(Comparison.field(Field.FAMILY_NAME, name[1], otherName[1]));
        }
        for (var kind : List.of(IdentifierKind.EMAIL, IdentifierKind.TELEPHONE)) {
            var values = tables.uses(List.of(both.get(0).id())).stream()
                    .filter(use -> use.identifier().kind() == kind)
                    .toList();
            var others = tables.uses(List.of(both.get(1).id())).stream()
                    .filter(use -> use.identifier().kind() == kind)
                    .toList();
            if (!values.isEmpty() && !others.isEmpty()) {
                fields.add(Comparison.field(
                        kind == IdentifierKind.EMAIL ? Field.EMAIL : Field.TELEPHONE,
                        values.getFirst().identifier().value(),
                        others.getFirst().identifier().value()));
            }
        }
        double sum = fields.stream().mapToDouble(FieldWeight::weight).sum();
        return Optional.of(new Comparison(sum - 6, fields));
    }
}
