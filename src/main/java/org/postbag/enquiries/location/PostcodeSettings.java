package org.postbag.enquiries.location;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the ONS Postcode Directory lies, if the body has it. Both or neither.
 *
 * @param directory the directory itself (ONSPD, "Data"), CSV
 * @param authorities the names of local authorities by their codes (ONSPD, "Documents"), CSV
 */
@ConfigurationProperties("postbag.postcodes")
record PostcodeSettings(@Nullable Path directory, @Nullable Path authorities) {}
