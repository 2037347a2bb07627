package org.postbag.console.reaching;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The machines of this body's routes, for drafts and for tests of connections alike: those that {@code postbag.routes.hosts} names, that files name, and that
 * somebody allowed on the page Machines.
 */
@Component
@Profile("!command")
public final class Hosts {

    private final Machines setting;
    private final AllowedMachines allowed;
    private final ObjectProvider<MachinesOfFiles> files;

    Hosts(
            @Value("${postbag.routes.hosts:}") List<String> setting,
            AllowedMachines allowed,
            ObjectProvider<MachinesOfFiles> files) {
        this.setting = new Machines(setting.stream()
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toSet()));
        this.allowed = allowed;
        this.files = files;
    }

    /** Those that may be reached now. */
    public Machines now() {
        var names = new HashSet<>(setting.names());
        names.addAll(ofFiles());
        allowed.all().forEach(one -> names.add(one.name()));
        return new Machines(names);
    }

    /** Those that whoever runs the program named: where somebody may have a secret of other routes sent. */
    Machines ofSetting() {
        return setting;
    }

    Set<String> ofFiles() {
        return files.stream().flatMap(one -> one.machines().stream()).collect(Collectors.toSet());
    }
}
