package org.postbag.enquiries.location;

/**
 * A local authority of the United Kingdom.
 *
 * @param code the Government Statistical Service's nine-character code, such as {@code W06000011}
 */
public record LocalAuthority(String code, String name) {}
