package dev.whileaway.testkit.http;

import dev.whileaway.testkit.tls.SelfSigned;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/// TLS of a server that speaks HTTP/2, natively where that is there.
public final class ServerTls {

  private ServerTls() {}

  /// @param trusted a client may show it, and need not; one that shows another is not let in
  public static SslContext of(SelfSigned certificate, X509Certificate trusted) {
    var pair = certificate.keyPair();
    try {
      return SslContextBuilder.forServer(pair.privateKey(), certificate.certificate())
          .sslProvider(
              SslProvider.isAlpnSupported(SslProvider.OPENSSL)
                  ? SslProvider.OPENSSL
                  : SslProvider.JDK)
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2,
                  ApplicationProtocolNames.HTTP_1_1))
          .clientAuth(ClientAuth.OPTIONAL)
          .trustManager(trusted)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("expected to show a certificate of our own", e);
    }
  }
}
