package org.postbag.console.reaching;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Which machines a route, and a test of a connection, may reach: those that {@code postbag.routes.hosts} names, {@code *} for any. Addresses by which a cloud
 * tells its machines their credentials are never reached; this machine itself only where it is named.
 */
@Component
@Profile("!command")
public final class Hosts {

    private static final String ANY = "*";
    private static final Set<String> NEVER_NAMED = Set.of("metadata.google.internal", "metadata", "instance-data");
    /** Where clouds answer with credentials beyond 169.254.169.254: Amazon's by IPv6, Alibaba's, Azure's, Oracle's. */
    private static final Set<String> NEVER =
            Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16", "192.0.0.192");

    private final List<String> allowed;

    Hosts(@Value("${postbag.routes.hosts:*}") List<String> allowed) {
        this.allowed = allowed.stream()
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** Why a machine may not be reached, by its name alone; empty where it may. Pure. */
    public Optional<String> refusal(String host) {
        var name = host.strip().toLowerCase(Locale.ROOT);
        if (NEVER_NAMED.contains(name)) {
            return Optional.of("No route reaches " + name + ".");
        }
        boolean here = isThisMachine(name);
        return isNamed(name) || allowed.contains(ANY) && !here
                ? Optional.empty()
                : Optional.of(
                        name
                                + " isn’t among the machines that routes may reach. An administrator names them in the setting postbag.routes.hosts.");
    }

    /**
     * Likewise, by all addresses that it has. They are asked for and may not come soon. Who connects right after asks again, and is answered alike: Java
     * remembers an answer for thirty seconds.
     *
     * @throws UnknownHostException where it has none
     */
    Optional<String> refusalByAddress(String host) throws UnknownHostException {
        var byName = refusal(host);
        if (byName.isPresent()) {
            return byName;
        }
        for (var address : InetAddress.getAllByName(host)) {
            if (isNever(address) || address.isLoopbackAddress() && !isNamed(host.toLowerCase(Locale.ROOT))) {
                return Optional.of(host + " leads to an address that no route may reach.");
            }
        }
        return Optional.empty();
    }

    /** Whether the setting names it, or what it ends in, not just any. */
    boolean isNamed(String host) {
        var name = host.strip().toLowerCase(Locale.ROOT);
        return allowed.stream()
                .filter(one -> !one.equals(ANY))
                .anyMatch(one -> one.equals(name) || one.startsWith("*.") && name.endsWith(one.substring(1)));
    }

    static boolean isNever(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || NEVER.contains(address.getHostAddress())
                || isWithin(address);
    }

    /** An IPv4 address that is carried in one of IPv6 (RFC 6052, 64:ff9b::/96). */
    private static boolean isWithin(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != 16
                || bytes[0] != 0
                || bytes[1] != 0x64
                || bytes[2] != (byte) 0xff
                || bytes[3] != (byte) 0x9b) {
            return false;
        }
        try {
            return isNever(InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16)));
        } catch (UnknownHostException impossible) {
            return true;
        }
    }

    static boolean isThisMachine(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.equals("0.0.0.0");
    }
}
