import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ofdrw.converter.ConvertHelper;
import org.ofdrw.converter.ImageMaker;
import org.ofdrw.reader.OFDReader;

/**
 * Draws OFD files with ofdrw: every page as grey pixels (PGM), 4 a millimetre, and if asked the whole as PDF. usage:
 * java -cp 'lib/*:.' Draw FOLDER... Each folder has in.ofd, gets 001.pgm and on, and out.pdf where there is a file
 * named pdf. Says one line for each folder that failed, and ends with 1 then.
 */
public final class Draw {
  public static void main(String[] folders) {
    boolean failed = false;
    for (String folder : folders) {
      Path dir = Path.of(folder);
      try (OFDReader reader = new OFDReader(dir.resolve("in.ofd"))) {
        ImageMaker maker = new ImageMaker(reader, 4);
        for (int i = 0; i < maker.pageSize(); i++) {
          write(maker.makePage(i), dir.resolve(String.format("%03d.pgm", i + 1)));
        }
        if (Files.exists(dir.resolve("pdf"))) {
          ConvertHelper.toPdf(dir.resolve("in.ofd"), dir.resolve("out.pdf"));
        }
      } catch (Exception | LinkageError e) {
        System.out.println(folder + ": " + e);
        failed = true;
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static void write(BufferedImage page, Path to) throws java.io.IOException {
    int width = page.getWidth(), height = page.getHeight();
    int[] row = new int[width];
    byte[] grey = new byte[width];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
      out.write(("P5\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII));
      for (int y = 0; y < height; y++) {
        page.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          int r = row[x] >> 16 & 255, g = row[x] >> 8 & 255, b = row[x] & 255;
          grey[x] = (byte) ((299 * r + 587 * g + 114 * b + 500) / 1000);
        }
        out.write(grey);
      }
    }
  }
}
