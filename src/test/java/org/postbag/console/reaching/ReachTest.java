package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What routes, and tests of them, may reach. */
class ReachTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "168.63.129.16",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "::ffff:169.254.169.254"
            })
    void whereCloudsKeepCredentialsIsNeverReached(String address) throws Exception {
        assertThat(Machines.isNever(InetAddress.getByName(address))).isTrue();
        assertThat(new Machines(Set.of("*")).refusalByAddress(address)).isPresent();
    }

    @Test
    void onlyNamedMachinesAreReachedWhereTheSettingNamesSome() throws Exception {
        var machines = new Machines(Set.of("mail.example.org", "*.elections.example"));

        assertThat(machines.refusal("mail.example.org")).isEmpty();
        assertThat(machines.refusal("MAIL.elections.example")).isEmpty();
        assertThat(machines.refusal("elections.example.evil.example")).isPresent();
        assertThat(machines.refusal("10.0.0.1")).isPresent();
        assertThat(new Machines(Set.of("*")).refusal("mail.anything.example")).isEmpty();
        assertThat(new Machines(Set.of("*")).refusal("metadata.google.internal"))
                .isPresent();
        assertThat(new Machines(Set.of("metadata", "169.254.169.254")).refusal("169.254.169.254"))
                .isPresent();
        assertThat(new Machines(Set.of()).refusal("mail.anything.example"))
                .hasValueSatisfying(words -> assertThat(words).contains("page Machines"));
        assertThat(new Machines(Set.of()).refusal("127.0.0.1"))
                .hasValueSatisfying(words -> assertThat(words).doesNotContain("page"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
    void thisMachineIsReachedOnlyWhereItIsNamed(String host) throws Exception {
        assertThat(new Machines(Set.of("*")).refusalByAddress(host)).isPresent();
        assertThat(new Machines(Set.of(host)).refusalByAddress(host)).isEmpty();
    }

    @Test
    void onlyFoldersBelowThoseOfTheSettingAreRead() throws Exception {
        var in = Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("keys"));
        Files.createSymbolicLink(in.resolve("shortcut"), folder.resolve("keys"));
        var folders = new Folders(folder, List.of());

        assertThat(folders.refusal(in.resolve("calls/new").toString())).isEmpty();
        assertThat(folders.refusal(in.resolve("shortcut").toString())).isPresent();
        assertThat(folders.refusal(in.resolve("shortcut/deep").toString())).isPresent();
        assertThat(folders.refusal(in.resolve("../keys").toString())).isPresent();
        assertThat(folders.refusal("/etc")).isPresent();
        assertThat(folders.refusal("\0")).isPresent();
    }
}
