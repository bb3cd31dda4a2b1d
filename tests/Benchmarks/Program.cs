System.Console.WriteLine("office");
