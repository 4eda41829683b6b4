package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** NUL-terminated strings and the NULL-terminated array of pointers to them. */
final class CStringList extends NativeHandle {
  CStringList(List<String> strings) {
    super(
        8L * (strings.size() + 1) + strings.stream().mapToLong(s -> s.length() + 1L).sum(),
        address -> fill(address, strings),
        address -> {});
  }

  private static void fill(long address, List<String> strings) {
    long text = address + 8L * (strings.size() + 1);
    ByteBuffer pointers = Memory.view(address, 8L * strings.size());
    for (String string : strings) {
      byte[] bytes = string.getBytes(StandardCharsets.ISO_8859_1);
      Memory.view(text, bytes.length + 1L).put(bytes);
      pointers.putLong(text);
      text += bytes.length + 1L;
    }
  }
}
