package org.postbag;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate of a server on this machine, which nobody but itself signed: who trusts it, trusts its file.
 *
 * @param certificate PEM
 * @param key PEM, readable by its owner alone
 */
public record ServerCertificate(Path certificate, Path key) {

    /** For the address 127.0.0.1 and no name. */
    public static ServerCertificate make(Path folder) throws IOException {
        try {
            var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            var name = new X500Name("CN=a server of a test");
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    name,
                    pair.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            var signed = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
            Files.createDirectories(folder);
            var certificate = pem(folder.resolve("server.crt"), "CERTIFICATE", signed.getEncoded());
            var key = pem(
                    folder.resolve("server.key"),
                    "PRIVATE KEY",
                    pair.getPrivate().getEncoded());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            return new ServerCertificate(certificate, key);
        } catch (GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path pem(Path file, String what, byte[] bytes) throws IOException {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines));
    }
}
