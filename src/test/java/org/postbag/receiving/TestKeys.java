package org.postbag.receiving;

/** Keys for tests of other packages. */
public final class TestKeys {

    private static final byte[] ZEROS = new byte[32];

    private TestKeys() {}

    public static MasterKey master() {
        return new MasterKey(ZEROS);
    }

    public static IdentityKey identity() {
        return new IdentityKey(ZEROS);
    }
}
