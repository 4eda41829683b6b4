package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.Debug;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Mbed TLS tells of one connection, kept until the native call is over: no logger runs below a
 * native frame. Guarded by the lock of whoever drives the connection.
 *
 * <p>From level 3 on the library dumps secrets: the premaster and master secret, DH and ECDH
 * operands, at level 4 the key block and the data itself. Nothing above {@link #MAX_LEVEL} leaves
 * the library.
 */
public final class SslMessages {
  /** The highest level of which no message has a secret in it: only texts and return codes. */
  static final int MAX_LEVEL = 2;

  /** More between two calls is a flood; it is cut. */
  private static final int MAX_MESSAGES = 1000;

  /** Builds with threads begin each message with the address of the context. */
  private static final Pattern ADDRESS = Pattern.compile("^0x[0-9a-f]+: ");

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  /**
   * A message.
   *
   * @param level 1 for errors, 2 for changes of state
   * @param text with file and line of the library's source before it
   */
  public record Message(int level, String text) {}

  // Others in the process may have raised the library's threshold: the level is looked at again,
  // before the text is read.
  private static final Ssl.Dbg DBG =
      (id, level, file, line, text) -> {
        try {
          SslMessages messages = SslTransport.messagesOf(id);
          if (level <= MAX_LEVEL && messages != null) {
            messages.add(level, Memory.string(file), line, Memory.string(text));
          }
        } catch (Throwable t) {
          // A message is lost; C must not notice.
          return;
        }
      };

  private List<Message> messages = new ArrayList<>();

  /** Whether the library was built with messages ({@code MBEDTLS_DEBUG_C}). */
  public static boolean supported() {
    return MbedTls.hasFeature("MBEDTLS_DEBUG_C");
  }

  /** Makes a configuration's messages go to the connection of a number. */
  static void attach(long conf, long id) {
    Debug.mbedtls_debug_set_threshold(MAX_LEVEL);
    Ssl.mbedtls_ssl_conf_dbg(conf, DBG, id);
  }

  private void add(int level, String file, int line, String text) {
    if (messages.size() < MAX_MESSAGES) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      String words = CONTROLS.matcher(ADDRESS.matcher(text).replaceFirst("")).replaceAll(" ");
      messages.add(new Message(level, name + ":" + line + ": " + words.strip()));
    }
  }

  List<Message> take() {
    if (messages.isEmpty()) {
      return List.of();
    }
    List<Message> taken = messages;
    messages = new ArrayList<>();
    return taken;
  }
}
