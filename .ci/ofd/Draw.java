import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.ofdrw.converter.ConvertHelper;
import org.ofdrw.converter.ImageMaker;
import org.ofdrw.core.action.actionType.actionGoto.CT_Dest;
import org.ofdrw.core.action.actionType.actionGoto.Goto;
import org.ofdrw.core.attachment.CT_Attachment;
import org.ofdrw.core.basicStructure.outlines.CT_OutlineElem;
import org.ofdrw.core.basicStructure.outlines.Outlines;
import org.ofdrw.reader.ContentExtractor;
import org.ofdrw.reader.OFDReader;

/**
 * Draws and reads OFD files with ofdrw. usage: java -cp 'lib/*:.' Draw FOLDER... Each folder has in.ofd and gets 001.pgm
 * and on: every page as grey pixels, 4 a millimetre; out.pdf, where there is a file named pdf; and read.txt: a line for
 * the texts of each page, each entry of the outline and each attachment. Says one line for each folder that failed, and
 * ends with 1 then.
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
        Files.write(dir.resolve("read.txt"), read(reader));
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

  private static List<String> read(OFDReader reader) throws Exception {
    List<String> lines = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    ContentExtractor extractor = new ContentExtractor(reader);
    for (int i = 1; i <= reader.getNumberOfPages(); i++) {
      pages.add(reader.getPageInfo(i).getId().toString());
      lines.add("page\t" + i + "\t" + String.join("", extractor.getPageContent(i)));
    }
    Outlines outlines = reader.getDoc(0).getOutlines();
    if (outlines != null) {
      outline(lines, pages, 0, outlines.getOutlineElems());
    }
    for (CT_Attachment file : reader.getAttachmentList()) {
      byte[] data = Files.readAllBytes(reader.getAttachmentFile(file));
      String sum = String.format("%064x", new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(data)));
      lines.add("file\t" + file.getAttachmentName() + "\t" + sum);
    }
    return lines;
  }

  private static void outline(List<String> lines, List<String> pages, int level, List<CT_OutlineElem> entries) {
    for (CT_OutlineElem entry : entries) {
      Goto to = (Goto) entry.getActions().getActions().get(0).getAction();
      String page = ((CT_Dest) to.getTarget()).getPageID().toString();
      lines.add("outline\t" + level + "\t" + entry.getTitle() + "\t" + (pages.indexOf(page) + 1));
      outline(lines, pages, level + 1, entry.getOutlineElems());
    }
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
