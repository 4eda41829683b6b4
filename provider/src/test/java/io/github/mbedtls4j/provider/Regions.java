package io.github.mbedtls4j.provider;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Where input and output of one call lie: in one array or two, anywhere, or in buffers of every
 * kind. One plan is carried out twice, so that two implementations get the same.
 *
 * @param roomy the output array has the length that one for both would have
 */
record Regions(Shape shape, int inputAt, int outputAt, int capacity, boolean roomy) {
  enum Shape {
    /** The call returns a new array. */
    RETURNED,
    ARRAYS,
    SAME_ARRAY,
    HEAP_BUFFERS,
    SAME_HEAP_BUFFER,
    DIRECT_BUFFERS,
    SAME_DIRECT_BUFFER,
    READ_ONLY_TO_DIRECT,
    DIRECT_TO_HEAP;

    boolean buffers() {
      return this != RETURNED && this != ARRAYS && this != SAME_ARRAY;
    }

    boolean shared() {
      return this == SAME_ARRAY || this == SAME_HEAP_BUFFER || this == SAME_DIRECT_BUFFER;
    }
  }

  private static final int MARGIN = 80;

  static Regions random(Random random, int inputLength, int needed) {
    Shape[] shapes = Shape.values();
    int capacity = needed + random.nextInt(20);
    if (random.nextInt(6) == 0) {
      capacity = random.nextInt(needed + 1);
    }
    int inputAt = random.nextInt(MARGIN);
    int outputAt = random.nextInt(3) == 0 ? inputAt : random.nextInt(MARGIN);
    if (random.nextInt(10) == 0) {
      outputAt = inputAt + random.nextInt(inputLength + 1);
    }
    return new Regions(shapes[random.nextInt(shapes.length)], inputAt, outputAt, capacity, false);
  }

  /** One carrying out: arrays, or buffers over arrays or native memory. */
  final class Memory {
    final byte[] inputArray;
    final byte[] outputArray;
    final ByteBuffer input;
    final ByteBuffer output;
    private final ByteBuffer wholeOutput;

    Memory(byte[] data, int offset, int length) {
      int inputEnd = inputAt + length;
      int outputEnd = outputAt + capacity;
      byte[] in = new byte[shape.shared() ? Math.max(inputEnd, outputEnd) : inputEnd];
      System.arraycopy(data, offset, in, inputAt, length);
      byte[] out = shape.shared() ? in : filled(roomy ? Math.max(inputEnd, outputEnd) : outputEnd);
      inputArray = in;
      outputArray = out;
      ByteBuffer wholeInput =
          switch (shape) {
            case DIRECT_BUFFERS, SAME_DIRECT_BUFFER, DIRECT_TO_HEAP -> direct(in);
            case READ_ONLY_TO_DIRECT -> ByteBuffer.wrap(in).asReadOnlyBuffer();
            default -> ByteBuffer.wrap(in);
          };
      wholeOutput =
          switch (shape) {
            case SAME_DIRECT_BUFFER -> wholeInput;
            case DIRECT_BUFFERS, READ_ONLY_TO_DIRECT -> direct(out);
            default -> ByteBuffer.wrap(out);
          };
      input = wholeInput.duplicate().position(inputAt).limit(inputEnd);
      // A slice has an array offset.
      output = wholeOutput.duplicate().position(outputAt).limit(outputEnd).slice();
    }

    private static byte[] filled(int length) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 0x5A);
      return bytes;
    }

    private static ByteBuffer direct(byte[] content) {
      return ByteBuffer.allocateDirect(content.length).put(content).clear();
    }

    /** Everything around and in the output. */
    byte[] outputContent() {
      if (!shape.buffers()) {
        return outputArray.clone();
      }
      byte[] content = new byte[wholeOutput.capacity()];
      wholeOutput.duplicate().clear().get(content);
      return content;
    }
  }

  /** The same with input and output in different memory. */
  Regions apart() {
    Shape other =
        switch (shape) {
          case SAME_ARRAY -> Shape.ARRAYS;
          case SAME_HEAP_BUFFER -> Shape.HEAP_BUFFERS;
          case SAME_DIRECT_BUFFER -> Shape.DIRECT_BUFFERS;
          default -> shape;
        };
    return new Regions(other, inputAt, outputAt, capacity, shape == Shape.SAME_ARRAY);
  }

  Memory memory(byte[] data, int offset, int length) {
    return new Memory(data, offset, length);
  }
}
