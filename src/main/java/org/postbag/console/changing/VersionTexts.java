package org.postbag.console.changing;

import java.util.List;
import java.util.stream.Stream;
import org.postbag.console.reaching.KeptTexts;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The texts of the versions that are in force, and of those on their way there. */
@Component
@Profile("!command")
class VersionTexts implements KeptTexts {

    private final VersionTable table;
    private final Kinds kinds;

    VersionTexts(VersionTable table, Kinds kinds) {
        this.table = table;
        this.kinds = kinds;
    }

    @Override
    public List<KeptText> all() {
        return Stream.concat(table.inForce().stream(), table.onTheirWay().stream())
                .map(this::kept)
                .toList();
    }

    private KeptText kept(Version version) {
        var kind = kinds.of(version.kind()).map(Changeable::label).orElse(version.kind());
        return new KeptText(
                version.name(),
                version.state() == Version.State.IN_FORCE,
                "Version %d of the %s %s (%s)"
                        .formatted(
                                version.number(),
                                kind,
                                version.name(),
                                version.state().label()),
                Versions.page(version.kind(), version.name(), version.number()),
                version.text());
    }
}
