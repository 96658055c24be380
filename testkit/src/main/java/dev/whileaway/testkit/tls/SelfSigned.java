package dev.whileaway.testkit.tls;

import com.linecorp.armeria.common.TlsKeyPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key and a certificate signed by itself: encryption that nobody trusts who was not told to.
public final class SelfSigned {

  /// The name of this machine to itself.
  public static final String LOCALHOST = "localhost";

  private static final char[] NO_PASSWORD = {};

  private final String host;
  private final TlsKeyPair pair;

  private SelfSigned(String host) {
    this.host = host;
    pair = TlsKeyPair.ofSelfSigned(host);
  }

  /// A certificate for a host; one for `localhost` is good for its addresses too.
  public static SelfSigned of(String host) {
    return new SelfSigned(host);
  }

  public TlsKeyPair keyPair() {
    return pair;
  }

  /// What a client has to trust, as PEM.
  public String pem() {
    try {
      var der =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate().getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + der + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Key and certificate in one file, as PKCS #12.
  public byte[] pkcs12(String password) {
    try {
      var store = emptyStore();
      store.setKeyEntry(
          host, pair.privateKey(), password.toCharArray(), new X509Certificate[] {certificate()});
      var bytes = new ByteArrayOutputStream();
      store.store(bytes, password.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// For a server that shows the certificate.
  public SSLContext serverContext() {
    try {
      var store = emptyStore();
      store.setKeyEntry(
          host, pair.privateKey(), NO_PASSWORD, new X509Certificate[] {certificate()});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// For a client that trusts this certificate and no other.
  public SSLContext clientContext() {
    try {
      var store = emptyStore();
      store.setCertificateEntry(host, certificate());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What others see of it.
  public X509Certificate certificate() {
    return pair.certificateChain().getFirst();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
