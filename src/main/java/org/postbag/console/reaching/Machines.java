package org.postbag.console.reaching;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which machines a route may name and a test of a connection may reach: the one rule of it. Addresses by which a cloud tells its machines their credentials are
 * never reached; this machine itself only where it is named.
 *
 * @param names of machines, in small letters; {@code *.example.org} for those right below a domain, {@code *} for any
 */
public record Machines(Set<String> names) {

    private static final String ANY = "*";
    /** What answers within a cloud's machine, or on the link that it is on. */
    private static final Pattern NEVER_NAMED =
            Pattern.compile("metadata|metadata\\..*|instance-data|instance-data\\..*|169\\.254\\..*");

    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|.*\\.localhost|127\\..*|0\\..*|::1|\\[::1]|0:0:0:0:0:0:0:1");

    /** Where clouds answer with credentials beyond 169.254.169.254: Amazon's by IPv6, Alibaba's, Azure's, Oracle's. */
    private static final Set<String> NEVER =
            Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16", "192.0.0.192");

    public Machines {
        names = Set.copyOf(names);
    }

    /** Why a machine may not be reached, by its name alone; empty where it may. Pure. */
    public Optional<String> refusal(String host) {
        var name = host.strip().toLowerCase(Locale.ROOT);
        if (isNeverNamed(name)) {
            return Optional.of("No route may reach " + name);
        }
        return isNamed(name) || names.contains(ANY) && !isThisMachine(name)
                ? Optional.empty()
                : Optional.of(
                        name + " isn’t among the machines that routes may reach. "
                                + (isThisMachine(name)
                                        ? "Whoever runs Postbag can name it in the setting postbag.routes.hosts"
                                        : "A route approver can allow it on the page Machines, or whoever runs Postbag in the setting postbag.routes.hosts"));
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
            if (isNever(address) || address.isLoopbackAddress() && !isNamed(host)) {
                return Optional.of(host + " leads to an address that no route may reach");
            }
        }
        return Optional.empty();
    }

    /** Whether it, or the domain right above it, is named, and not just any. */
    boolean isNamed(String host) {
        var name = host.strip().toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        return names.contains(name) && !name.equals(ANY) || dot > 0 && names.contains(ANY + name.substring(dot));
    }

    static boolean isNeverNamed(String name) {
        return NEVER_NAMED.matcher(name).matches() || NEVER.contains(name);
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
        return THIS_MACHINE.matcher(host).matches();
    }
}
