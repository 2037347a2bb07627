package org.postbag.console.changing;

import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The kinds of things that are changed here. */
@Component
@Profile("!command")
class Kinds {

    private final ObjectProvider<Changeable> kinds;

    Kinds(ObjectProvider<Changeable> kinds) {
        this.kinds = kinds;
    }

    List<Changeable> all() {
        return kinds.orderedStream().toList();
    }

    Optional<Changeable> of(String kind) {
        return kinds.stream().filter(one -> one.kind().equals(kind)).findFirst();
    }
}
