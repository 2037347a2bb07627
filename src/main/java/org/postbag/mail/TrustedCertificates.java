package org.postbag.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The certificates of a file, which are trusted in place of the authorities that Java trusts: those of a body's own authority, or a server's own. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * @param file of certificates in PEM
     * @throws IllegalArgumentException in words, if there are none in it
     */
    public static SSLSocketFactory of(String file) {
        try (var in = Files.newInputStream(Path.of(file))) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            if (store.size() == 0) {
                throw new GeneralSecurityException("empty");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | InvalidPathException gone) {
            throw new IllegalArgumentException("The file of certificates " + file + " cannot be opened", gone);
        } catch (GeneralSecurityException none) {
            throw new IllegalArgumentException("The file " + file + " holds no certificates (PEM)", none);
        }
    }
}
