namespace ProductionOffice.Templates.Tests;

/// <summary>Changes to the bytes of a package and to what its headers say.</summary>
internal static class FuzzZip
{
    private static readonly byte[][] Marks = [[0x50, 0x4b, 3, 4], [0x50, 0x4b, 1, 2], [0x50, 0x4b, 5, 6], [0x50, 0x4b, 6, 6], [0x50, 0x4b, 6, 7], [0x50, 0x4b, 7, 8]];
    private static readonly long[] Sizes = [0, 1, 255, 65535, 65536, int.MaxValue, 1L << 31, uint.MaxValue - 1, uint.MaxValue];
    private static readonly string[] Names = ["", "/", "..", "../x.xml", "a\\b.xml", "C:\\x.xml", "/etc/x", "word/document.xml", "WORD/Document.xml", "word//document.xml", "word/./a.xml", "a\0.xml", "word/dоcument.xml", "[Content_Types].xml", "_rels/.rels", "word/vbaProject.bin", "x/", "[trash]/0.dat", "CON", "word/é.xml"];

    public static byte[] Bytes(Random random, byte[] file)
    {
        var bytes = file.ToList();
        for (var change = random.Next(1, 8); change > 0 && bytes.Count > 0; change--)
        {
            // The directory is small and lies at the end: half of the changes go there.
            var at = random.Next(2) == 0 ? random.Next(bytes.Count) : Math.Max(0, bytes.Count - 1 - random.Next(1000));
            var length = Math.Min(random.Next(1, 64), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.InsertRange(at, Marks[random.Next(Marks.Length)]);
                    break;
                case 3:
                    for (var i = 0; i < length; i++)
                        bytes[at + i] = (byte)(random.Next(2) * 255);
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.AddRange(bytes.GetRange(at, length));
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }

    public static byte[] Fields(Random random, List<RawEntry> entries)
    {
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(entries.Count);
            var entry = entries[at];
            entries[at] = random.Next(14) switch
            {
                0 => entry with { Method = (ushort)random.Next(0, 100) },
                1 => entry with { Flags = (ushort)(1 << random.Next(16)) },
                2 => entry with { Crc = (uint)random.Next() },
                3 => entry with { Size = Sizes[random.Next(Sizes.Length)] },
                4 => entry with { Size = Math.Max(0, entry.Content.Length + random.Next(-3, 4)) },
                5 => entry with { Offset = (uint)random.NextInt64(Sizes[random.Next(1, Sizes.Length)]) },
                6 => entry with { NameBytes = System.Text.Encoding.UTF8.GetBytes(Names[random.Next(Names.Length)]) },
                7 => entry with { LocalName = new string('x', entry.Name.Length) },
                8 => entry with { Extra = Extra(random), Size = random.Next(2) == 0 ? uint.MaxValue : null },
                9 => entry with { HasDescriptor = true },
                10 => entry with { UnixMode = 0xA1FF },
                11 => entry with { PackedBytes = Spoiled(random, entry.Packed) },
                12 => entry with { Method = 0 },
                _ => entry with { Content = Noise(random) },
            };
            if (random.Next(6) == 0)
                entries.Insert(random.Next(entries.Count), entries[random.Next(entries.Count)]);
            if (random.Next(8) == 0)
                entries.RemoveAt(random.Next(entries.Count));
            if (entries.Count == 0)
                break;
        }

        return RawZip.Write(entries,
            before: random.Next(8) == 0 ? Noise(random) : null,
            comment: random.Next(8) == 0 ? [.. Marks[2], .. Noise(random)] : null,
            zip64: random.Next(8) == 0);
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Extra(Random random)
    {
        var extra = new byte[4 + 8 * random.Next(4)];
        random.NextBytes(extra);
        (extra[0], extra[1], extra[2], extra[3]) = (1, 0, (byte)(extra.Length - 4 + random.Next(-1, 2)), 0);
        return extra;
    }

    private static byte[] Spoiled(Random random, byte[] bytes)
    {
        if (bytes.Length > 0)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }
}
