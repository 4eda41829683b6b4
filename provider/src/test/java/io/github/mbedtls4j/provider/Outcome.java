package io.github.mbedtls4j.provider;

import java.util.HexFormat;
import java.util.concurrent.Callable;

/** What a call did: its result or the class of its exception. */
record Outcome(String text, Exception exception) {
  static Outcome of(Callable<?> call) {
    try {
      Object result = call.call();
      return new Outcome(
          result instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : "" + result, null);
    } catch (Exception e) {
      return new Outcome(e.getClass().getName(), e);
    }
  }

  boolean threw(Class<? extends Exception> type) {
    return type.isInstance(exception);
  }

  /** Compares what a caller sees, which is not the message of an exception. */
  boolean sameAs(Outcome other) {
    return text.equals(other.text);
  }

  @Override
  public String toString() {
    String shown = text.length() > 400 ? text.substring(0, 400) + "..." : text;
    return exception == null ? shown : shown + " (" + exception.getMessage() + ")";
  }
}
