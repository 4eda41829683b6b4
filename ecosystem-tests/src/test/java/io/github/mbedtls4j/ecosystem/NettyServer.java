package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.TestPki;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.InboundHttp2ToHttpAdapterBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.net.InetSocketAddress;
import java.security.Provider;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Netty: HTTP/1.1, and HTTP/2 by ALPN. */
final class NettyServer implements EchoServer {
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private final EventLoopGroup loops = new NioEventLoopGroup(2);
  private final Channel channel;

  NettyServer(Provider provider) throws Exception {
    SslContext tls =
        SslContextBuilder.forServer(TestPki.keys(TestPki.server(TestPki.Kind.EC))[0])
            .sslProvider(SslProvider.JDK)
            .sslContextProvider(provider)
            .trustManager(TestPki.trust()[0])
            .clientAuth(ClientAuth.OPTIONAL)
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1))
            .build();
    channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    SslHandler handler = tls.newHandler(child.alloc());
                    child.pipeline().addLast(handler, new Negotiation());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  private final class Negotiation extends ApplicationProtocolNegotiationHandler {
    Negotiation() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      NettyEcho echo = new NettyEcho(protocol, failures);
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        DefaultHttp2Connection connection = new DefaultHttp2Connection(true);
        context
            .pipeline()
            .addLast(
                new HttpToHttp2ConnectionHandlerBuilder()
                    .connection(connection)
                    .frameListener(
                        new InboundHttp2ToHttpAdapterBuilder(connection)
                            .maxContentLength(MAX_BODY)
                            .propagateSettings(false)
                            .build())
                    .build(),
                echo);
      } else {
        context.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY), echo);
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      failures.add(cause);
      ChannelFuture unused = context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failures.add(cause);
      ChannelFuture unused = context.close();
    }
  }

  @Override
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
