"""What the bench is made of: packages of both locks and programs of the machine, with their licences."""
