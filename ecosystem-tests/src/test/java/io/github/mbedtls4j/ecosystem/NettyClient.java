package io.github.mbedtls4j.ecosystem;

import io.github.mbedtls4j.jsse.TestPki;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Netty with HTTP/1.1 and connections that are kept alive. */
final class NettyClient implements EchoClient {
  private final EventLoopGroup loops = new NioEventLoopGroup(2);
  private final Deque<Exchange> idle = new ConcurrentLinkedDeque<>();
  private final SslContext tls;
  private final int port;

  NettyClient(Provider provider, int port, TestPki.Identity... identities) throws Exception {
    this.port = port;
    tls =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .sslContextProvider(provider)
            .trustManager(TestPki.trust()[0])
            .keyManager(TestPki.keys(identities)[0])
            .endpointIdentificationAlgorithm("HTTPS")
            .build();
  }

  /** One connection; its answers are byte arrays, or what went wrong. */
  private static final class Exchange extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    private Channel channel;

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      answers.add(ByteBufUtil.getBytes(response.content()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answers.add(new EOFException("closed by the server"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      answers.add(cause);
    }
  }

  private Exchange connect() {
    Exchange exchange = new Exchange();
    exchange.channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            tls.newHandler(channel.alloc(), "localhost", port),
                            new HttpClientCodec(),
                            new HttpObjectAggregator(EchoServer.MAX_BODY),
                            exchange);
                  }
                })
            .connect("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
    return exchange;
  }

  /** Opens connections; the requests that follow take turns on them. */
  void open(int count) {
    for (int i = 0; i < count; i++) {
      Exchange exchange = connect();
      exchange.channel.pipeline().get(SslHandler.class).handshakeFuture().syncUninterruptibly();
      idle.add(exchange);
    }
  }

  private byte[] call(HttpMethod method, byte[] body) throws Exception {
    Exchange known = idle.poll();
    Exchange exchange = known == null ? connect() : known;
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/", Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.HOST, "localhost");
    request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    ChannelFuture unused =
        exchange
            .channel
            .writeAndFlush(request)
            .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    Object answer = exchange.answers.poll(60, TimeUnit.SECONDS);
    if (answer instanceof byte[] bytes) {
      idle.add(exchange);
      return bytes;
    }
    throw new IllegalStateException("no answer", (Throwable) answer);
  }

  @Override
  public byte[] post(byte[] body) throws Exception {
    return call(HttpMethod.POST, body);
  }

  @Override
  public String get() throws Exception {
    return new String(call(HttpMethod.GET, new byte[0]), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    idle.forEach(exchange -> exchange.channel.close().syncUninterruptibly());
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
