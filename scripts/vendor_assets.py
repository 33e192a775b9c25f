"""Put the fonts and icons that the window uses into resources/, from unpacked upstream packages.

    python scripts/vendor_assets.py PLEX PHOSPHOR

PLEX is the folder of the npm package @ibm/plex-sans, PHOSPHOR that of @phosphor-icons/core. The WOFF
files are unpacked, not converted: each table stays as upstream made it, which the licence of the
reserved name "Plex" asks for. Of the icons only those of harmony_desk/ui/icon_names.py are taken.
"""

import shutil
import struct
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from harmony_desk.ui.icon_names import ICONS, file_name  # noqa: E402 - needs the path above
from harmony_desk.ui.icon_names import WEIGHTS as ICON_WEIGHTS  # noqa: E402 - the same

WEIGHTS = ("Regular", "Medium", "SemiBold")
# WOFF 1.0, sections 3 and 4: a header of 44 bytes, then an entry of 20 for each table.
HEADER, ENTRY = 44, 20


def unpack(woff: bytes) -> bytes:
    """The TrueType font inside a WOFF. Raises ValueError when a table does not match its checksum."""
    flavour, count = struct.unpack_from(">I", woff, 4)[0], struct.unpack_from(">H", woff, 12)[0]
    entries = [struct.unpack_from(">4sIIII", woff, HEADER + ENTRY * index) for index in range(count)]
    power = count.bit_length() - 1
    directory = struct.pack(">IHHHH", flavour, count, 2**power * 16, power, (count - 2**power) * 16)
    tables = b""
    for tag, offset, packed, size, checksum in entries:
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < size else table
        table += b"\0" * (-len(table) % 4)
        if checksum_of(tag, table) != checksum:
            raise ValueError(f"table {tag!r} is damaged")
        directory += struct.pack(">4sIII", tag, checksum, 12 + 16 * count + len(tables), size)
        tables += table
    return directory + tables


def checksum_of(tag: bytes, table: bytes) -> int:
    """The sum of the words; the `head` table counts without its own field for the whole file."""
    counted = table[:8] + b"\0\0\0\0" + table[12:] if tag == b"head" else table
    return sum(struct.unpack(f">{len(counted) // 4}I", counted)) & 0xFFFFFFFF


def main(plex: Path, phosphor: Path) -> None:
    """Write resources/fonts and resources/icons anew."""
    fonts, icons = ROOT / "resources" / "fonts", ROOT / "resources" / "icons"
    for folder in (fonts, icons):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for weight in WEIGHTS:
        name = f"IBMPlexSans-{weight}"
        (fonts / f"{name}.ttf").write_bytes(unpack((plex / "fonts/complete/woff" / f"{name}.woff").read_bytes()))
    shutil.copyfile(plex / "LICENSE.txt", fonts / "LICENSE.txt")
    for icon in sorted(ICONS):
        for weight in ICON_WEIGHTS:
            name = file_name(icon, weight)
            shutil.copyfile(phosphor / "assets" / weight / name, icons / name)
    shutil.copyfile(phosphor / "LICENSE", icons / "LICENSE.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
