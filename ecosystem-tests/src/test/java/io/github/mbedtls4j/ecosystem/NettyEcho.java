package io.github.mbedtls4j.ecosystem;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.Queue;

/** Answers the requests of a {@link NettyServer}. */
final class NettyEcho extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final String protocol;
  private final Queue<Throwable> failures;

  NettyEcho(String protocol, Queue<Throwable> failures) {
    this.protocol = protocol;
    this.failures = failures;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    ByteBuf body =
        request.method().equals(HttpMethod.GET)
            ? Unpooled.copiedBuffer(describe(context), StandardCharsets.UTF_8)
            : request.content().retain();
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    String stream = request.headers().get(ExtensionHeaderNames.STREAM_ID.text());
    if (stream != null) {
      response.headers().set(ExtensionHeaderNames.STREAM_ID.text(), stream);
    }
    ChannelFuture unused =
        context
            .writeAndFlush(response)
            .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private String describe(ChannelHandlerContext context) {
    SslHandler handler = context.pipeline().get(SslHandler.class);
    return EchoServer.describe(
        protocol.equals("h2") ? "HTTP/2.0" : "HTTP/1.1", handler.engine()::getSession);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failures.add(cause);
    ChannelFuture unused = context.close();
  }
}
