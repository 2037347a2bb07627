package org.postbag.staff.access;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who of staff gets in, and from where.
 *
 * @param networks the networks in CIDR notation that staff pages, sign-in and the staff API answer to; unless set, this machine alone
 * @param firstAdministrator the username of the first administrator, made at the first start, when there is no staff yet
 * @param firstPasswordFile a file whose first line is that administrator's first password
 */
@ConfigurationProperties("postbag.staff")
record StaffSettings(
        @DefaultValue({"127.0.0.0/8", "::1/128"}) List<String> networks,
        @Nullable String firstAdministrator,
        @Nullable Path firstPasswordFile) {}
